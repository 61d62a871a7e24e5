package dev.muster.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Java program as a child process, in a directory of its own. It ignores Ctrl-C, so that Muster
 * can leave first; it ends when {@link #stop} says so or when this JVM is gone.
 */
final class ChildJvm {

  private static final int LINES_SHOWN = 40;

  private final String name;
  private final Path home;
  private volatile Process process;
  private volatile Tether tether;

  /** The name is that of its log and its pid file in {@code home}. */
  ChildJvm(String name, Path home) {
    this.name = name;
    this.home = home;
  }

  boolean isRunning() {
    return process != null;
  }

  /** Starts the program in its directory; {@code arguments} are those of {@code java}. */
  void start(List<String> arguments, Map<String, String> environment) {
    endLeftover();
    try {
      Files.createDirectories(home);
      var builder = new ProcessBuilder(command(arguments)).directory(home.toFile());
      builder.environment().putAll(environment);
      var started = builder.redirectErrorStream(true).redirectOutput(log().toFile()).start();
      tether = Tether.to(started.pid(), "TERM");
      process = started;
      Files.writeString(pidFile(), Long.toString(started.pid()));
    } catch (IOException e) {
      throw new UncheckedIOException("Expected %s to start in %s".formatted(name, home), e);
    }
  }

  private List<String> command(List<String> arguments) {
    var command = new ArrayList<>(List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", name));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dmuster.home=" + home);
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
    // Half the start's work, at the price of peak throughput.
    command.add("-XX:TieredStopAtLevel=1");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(arguments);
    return command;
  }

  /**
   * Does nothing while the program runs.
   *
   * @throws IllegalStateException with the end of its log if it has ended by itself
   */
  void requireAlive() {
    var running = process;
    if (running == null || !running.isAlive()) {
      throw new IllegalStateException(
          "Expected %s to run, but it ended; the end of %s:%n%s"
              .formatted(name, log(), lastLines()));
    }
  }

  private String lastLines() {
    try {
      var lines = Files.readAllLines(log());
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    } catch (IOException e) {
      return "(unreadable: %s)".formatted(e.getMessage());
    }
  }

  /** Stops a program that an ended JVM left running in this directory. */
  void endLeftover() {
    Leftover.end(pidFile(), home);
  }

  private Path pidFile() {
    return home.resolve(name + ".pid");
  }

  /** Everything the program printed since it was last started. */
  Path log() {
    return home.resolve(name + ".log");
  }

  /** Empty if it is not running. */
  Optional<ProcessHandle> process() {
    return Optional.ofNullable(process).map(Process::toHandle);
  }

  /** Ends the program in order. Does nothing if it is not running. */
  void stop() {
    process().ifPresent(this::end);
  }

  /** Ends the program at once, as a power cut would. Does nothing if it is not running. */
  void kill() {
    process().ifPresent(ProcessHandle::destroyForcibly);
    stop();
  }

  private void end(ProcessHandle ending) {
    Ending.of(ending);
    tether.close();
    process = null;
    try {
      if (!ending.isAlive()) {
        Files.deleteIfExists(pidFile());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
