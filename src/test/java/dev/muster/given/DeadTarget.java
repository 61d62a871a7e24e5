package dev.muster.given;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes connections and never answers; or answers without end. */
public final class DeadTarget implements AutoCloseable {

  private final ServerSocket server;
  private final String begins;
  private final String goesOn;
  private final Duration pause;
  private final List<Socket> callers = new CopyOnWriteArrayList<>();
  private final AtomicInteger gone = new AtomicInteger();

  public DeadTarget() {
    this("", "");
  }

  /** First says one thing, then another again and again. */
  public DeadTarget(String begins, String goesOn) {
    this(begins, goesOn, Duration.ZERO);
  }

  /** The same, with a pause before it says anything again. */
  public DeadTarget(String begins, String goesOn, Duration pause) {
    this.begins = begins;
    this.goesOn = goesOn;
    this.pause = pause;
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

  /** How many of those to whom it spoke have hung up. */
  public int gone() {
    return gone.get();
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
        Thread.sleep(pause);
      }
    } catch (IOException enough) {
      gone.incrementAndGet();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
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
