package dev.muster.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Servers that outlived the JVM which started them. */
final class Leftover {

  private Leftover() {}

  /**
   * Ends the process named in the first line of the file, if it is still there, and deletes the
   * file. A process id may have been given to another program meanwhile, so only a process whose
   * command line mentions the data directory is touched.
   */
  static void end(Path pidFile, Path data) {
    process(pidFile)
        .filter(process -> process.info().commandLine().orElse("").contains(data.toString()))
        .ifPresent(Ending::of);
    try {
      Files.deleteIfExists(pidFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Optional<ProcessHandle> process(Path pidFile) {
    try (var lines = Files.lines(pidFile)) {
      return lines.findFirst().map(String::strip).map(Long::valueOf).flatMap(ProcessHandle::of);
    } catch (IOException | NumberFormatException absentOrHalfWritten) {
      return Optional.empty();
    }
  }
}
