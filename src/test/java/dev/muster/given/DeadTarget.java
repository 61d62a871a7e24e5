package dev.muster.given;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes connections and never answers; or answers without end. */
public final class DeadTarget implements AutoCloseable {

  private final ServerSocket server;
  private final String begins;
  private final String goesOn;
  private final List<Socket> callers = new CopyOnWriteArrayList<>();

  public DeadTarget() {
    this("", "");
  }

  /** First says one thing, then another again and again. */
  public DeadTarget(String begins, String goesOn) {
    this.begins = begins;
    this.goesOn = goesOn;
    try {
      this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    Thread.ofVirtual().start(this::take);
  }

  public String url(String path) {
    return "http://127.0.0.1:" + server.getLocalPort() + path;
  }

  /** How many have called. */
  public int callers() {
    return callers.size();
  }

  private void take() {
    try {
      while (true) {
        var caller = server.accept();
        callers.add(caller);
        if (!goesOn.isEmpty()) {
          Thread.ofVirtual().start(() -> speak(caller));
        }
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void speak(Socket caller) {
    try (caller) {
      var out = caller.getOutputStream();
      out.write(begins.getBytes(StandardCharsets.UTF_8));
      while (true) {
        out.write(goesOn.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException gone) {
      // The caller has heard enough.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (var caller : callers) {
      caller.close();
    }
  }
}
