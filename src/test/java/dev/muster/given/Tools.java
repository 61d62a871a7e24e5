package dev.muster.given;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the tests of the SDKs for JavaScript need from this machine. */
public final class Tools {

  public static final Path SCRIPTS = Path.of("src/test/node").toAbsolutePath();

  private static final String HOW =
      ": run .ci/run, which installs it, or install Node 18 or newer and Chromium and run 'npm ci --prefix src/test/node'";

  private Tools() {}

  public static String node() {
    return find(List.of("node"), "Node (node)");
  }

  public static String chromium() {
    return find(List.of("chromium", "chromium-browser", "google-chrome"), "Chromium (chromium)");
  }

  public static String bundler() {
    return installed(".bin/esbuild").toString();
  }

  /** Where the unmodified package is. */
  public static Path installed(String name) {
    var module = SCRIPTS.resolve("node_modules").resolve(name);
    if (!Files.exists(module)) {
      throw missing(module.toString());
    }
    return module;
  }

  /** Starts a program whose output is read; what it complains of is shown. */
  public static Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .directory(SCRIPTS.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String find(List<String> names, String what) {
    return Stream.of(System.getenv("PATH").split(":"))
        .flatMap(folder -> names.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElseThrow(() -> missing(what + " on the PATH"));
  }

  private static IllegalStateException missing(String what) {
    return new IllegalStateException("Expected " + what + ", but there is none" + HOW);
  }
}
