package dev.muster.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was measured: said while it goes on, and in one table at the end. */
final class Report {

  private record Row(String figure, String value, String cpu) {}

  private final PrintStream out = System.out;
  private final long began = System.nanoTime();
  private final List<Row> rows = new ArrayList<>();
  private String heading = "";

  /** What stands above the table. */
  void heading(String text) {
    heading = text;
    say("%s", text);
  }

  /** A line of progress. */
  void say(String format, Object... arguments) {
    var minutes = Duration.ofNanos(System.nanoTime() - began);
    out.printf(
        Locale.ROOT,
        "[%02d:%02d] %s%n",
        minutes.toMinutes(),
        minutes.toSecondsPart(),
        String.format(Locale.ROOT, format, arguments));
    out.flush();
  }

  /** A row of the table; {@code cpu} says what used the processors meanwhile, if that is known. */
  void figure(String figure, String cpu, String format, Object... arguments) {
    var row = new Row(figure, String.format(Locale.ROOT, format, arguments), cpu);
    rows.add(row);
    say("%s: %s%s", figure, row.value(), cpu.isEmpty() ? "" : "; CPU " + cpu);
  }

  /** Prints the table and writes it to the file. */
  void finish(Path file) {
    var table = heading + "\n\n" + table();
    out.println("\n" + table);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, table);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String table() {
    var text = new StringBuilder("| figure | measured | CPU, in % of one core |\n|---|---|---|\n");
    for (var row : rows) {
      text.append("| %s | %s | %s |\n".formatted(row.figure(), row.value(), row.cpu()));
    }
    return text.toString();
  }
}
