package dev.muster.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** Where the local stack keeps its files. */
final class LocalFiles {

  private LocalFiles() {}

  /**
   * What outlives a build: unpacked servers and the data people made. {@code MUSTER_DATA} names
   * another place.
   */
  static Path data() {
    return Path.of(System.getenv().getOrDefault("MUSTER_DATA", "data")).toAbsolutePath();
  }

  /**
   * What the Maven build unpacks stays in the project.
   *
   * @throws IllegalStateException if it has not been unpacked
   */
  static Path camundaDistribution() {
    return unpacked("camunda-zeebe-8.6.0", "test-compile");
  }

  /**
   * The search engine that Operate and Tasklist read from.
   *
   * @throws IllegalStateException if it has not been fetched
   */
  static Path searchEngine() {
    return unpacked("opensearch-2.19.1", "test-compile -Poperate");
  }

  private static Path unpacked(String name, String goal) {
    var directory = Path.of("data", name).toAbsolutePath();
    if (!Files.isDirectory(directory.resolve("lib"))) {
      throw new IllegalStateException(
          "Expected to find %s, but it is not there; mvn %s gets it".formatted(directory, goal));
    }
    return directory;
  }

  /** The address of a Spring configuration among the tests' resources. */
  static String configuration(String file) {
    return LocalFiles.class.getResource("/local/" + file).toString();
  }

  /** A new empty directory for one test run; {@code mvn clean} removes what a killed run leaves. */
  static Path throwAway(String purpose) {
    try {
      var parent = Files.createDirectories(Path.of("target", "stack").toAbsolutePath());
      return Files.createTempDirectory(parent, purpose + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Beside the data, so that what a server said stays readable when its data are removed. */
  static Path log(Path data) {
    return data.resolveSibling(data.getFileName() + ".log");
  }

  static void remove(Path directory) {
    try {
      FileSystemUtils.deleteRecursively(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
