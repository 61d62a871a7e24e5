package dev.muster.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** TCP ports on loopback. */
final class Ports {

  private Ports() {}

  static boolean isFree(int port) {
    try (var socket = open(port)) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  /**
   * That many different ports nobody listens on now; another program may still take one before it
   * is used.
   */
  static List<Integer> free(int count) {
    var sockets = new ArrayList<ServerSocket>();
    try {
      while (sockets.size() < count) {
        sockets.add(open(0));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      sockets.forEach(Ports::close);
    }
  }

  private static ServerSocket open(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
