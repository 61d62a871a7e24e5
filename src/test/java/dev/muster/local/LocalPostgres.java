package dev.muster.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.springframework.util.FileSystemUtils;

/**
 * PostgreSQL 18 as a child process on 127.0.0.1, as root too (then in a user namespace of its own).
 * It trusts every user of this machine: for development and tests only.
 *
 * <p>The server leads a process group of its own, so Ctrl-C reaches Muster but not its database; it
 * ends when {@link #stop} says so or when this JVM is gone.
 */
public final class LocalPostgres implements PostgresServer {

  private static final String LIBRARY = "io.zonky.test";
  private static final Path BINARIES = LocalFiles.data().resolve("postgres-binaries");
  private static final String PID_FILE = "postmaster.pid";

  private final Path data;
  private final int port;
  private final boolean kept;
  private final boolean durable;
  private EmbeddedPostgres server;
  private Tether tether;

  private LocalPostgres(Path data, int port, boolean kept, boolean durable) {
    this.data = data.toAbsolutePath();
    this.port = port;
    this.kept = kept;
    this.durable = durable;
  }

  /** A server whose data outlive it, safe against power cuts. */
  public static LocalPostgres kept(Path data, int port) {
    return new LocalPostgres(data, port, true, true);
  }

  /**
   * A server on a free port, faster because it never waits for the disk; {@link #close} removes its
   * data.
   */
  public static LocalPostgres throwAway() {
    return new LocalPostgres(LocalFiles.throwAway("postgres"), Ports.free(1).get(0), false, false);
  }

  /**
   * A server on a free port that waits for the disk as one in production does; {@link #close}
   * removes its data.
   */
  public static LocalPostgres throwAwayButDurable() {
    return new LocalPostgres(LocalFiles.throwAway("postgres"), Ports.free(1).get(0), false, true);
  }

  @Override
  public synchronized void start() {
    if (server != null) {
      return;
    }
    endLeftover();
    try {
      removeHalfMade();
      Files.createDirectories(data.getParent());
      server = Silence.of(LIBRARY, this::embedded);
      Files.writeString(complete(), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process().ifPresent(it -> tether = Tether.to(it.pid(), "INT"));
  }

  private EmbeddedPostgres embedded() {
    try {
      var started = builder().start();
      // The library lets every user replace the programs it unpacks.
      Files.setPosixFilePermissions(BINARIES, PosixFilePermissions.fromString("rwxr-xr-x"));
      return started;
    } catch (IOException e) {
      throw new IllegalStateException(
          "Expected PostgreSQL to start on %s, but it did not; see %s"
              .formatted(data, LocalFiles.log(data)),
          e);
    }
  }

  private EmbeddedPostgres.Builder builder() {
    return EmbeddedPostgres.builder()
        .setOverrideWorkingDirectory(BINARIES.toFile())
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
        .setPGStartupWait(Duration.ofMinutes(2))
        .setPort(port)
        .setOutputRedirector(Redirect.appendTo(LocalFiles.log(data).toFile()))
        .setErrorRedirector(Redirect.appendTo(LocalFiles.log(data).toFile()))
        .setLocaleConfig("locale-provider", "builtin")
        .setLocaleConfig("builtin-locale", "C.UTF-8")
        .setLocaleConfig("locale", "C")
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("unix_socket_directories", "")
        .setServerConfig("max_connections", "200")
        // Embedded PostgreSQL turns it off, and then a commit can be lost when the server is
        // killed.
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("fsync", durable ? "on" : "off")
        .setServerConfig("full_page_writes", durable ? "on" : "off");
  }

  /**
   * Stops a server that an ended JVM left running on these data, and forgets one that was killed.
   */
  void endLeftover() {
    Leftover.end(data.resolve(PID_FILE), data);
  }

  /**
   * A first start that was cut short leaves files that hold nothing yet, but would refuse the next
   * start.
   */
  private void removeHalfMade() throws IOException {
    if (Files.isDirectory(data) && !Files.exists(complete())) {
      FileSystemUtils.deleteRecursively(data);
    }
  }

  private Path complete() {
    return data.resolve("muster-complete");
  }

  @Override
  public synchronized void stop() {
    if (server == null) {
      return;
    }
    Silence.of(LIBRARY, this::closed);
    server = null;
    tether.close();
  }

  private EmbeddedPostgres closed() {
    try {
      server.close();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server's first process; its connections are its children. Empty if it is not running. */
  public Optional<ProcessHandle> process() {
    return Leftover.process(data.resolve(PID_FILE));
  }

  /** Ends the server at once, as a power cut would; the data stay. */
  public synchronized void kill() {
    process()
        .ifPresent(
            postmaster -> {
              var backends = postmaster.descendants().toList();
              postmaster.destroyForcibly();
              postmaster.onExit().join();
              backends.forEach(backend -> backend.onExit().join());
            });
    stop();
  }

  @Override
  public Database database(String name) {
    return Database.maintenance(port, "").sibling(name);
  }

  @Override
  public void close() {
    stop();
    if (!kept) {
      LocalFiles.remove(data);
      LocalFiles.remove(LocalFiles.log(data));
    }
  }
}
