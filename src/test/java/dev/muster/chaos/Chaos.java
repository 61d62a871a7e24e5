package dev.muster.chaos;

import dev.muster.chaos.Call.Act;
import dev.muster.chaos.Call.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Kills Muster, PostgreSQL and the broker under load and checks what survived. System properties
 * make it shorter, see {@link ChaosSettings}; {@code target/chaos} keeps what it found, the log of
 * Muster and what the broker recorded. Ends with status 1 if a promise was broken.
 */
public final class Chaos {

  private static final Path FOLDER = Path.of("target", "chaos");

  private final long began = System.nanoTime();
  private final List<String> lines = new ArrayList<>();

  private Chaos() {}

  public static void main(String[] arguments) throws IOException {
    Files.createDirectories(FOLDER);
    var kept = new Chaos().run(ChaosSettings.fromSystemProperties());
    System.exit(kept ? 0 : 1);
  }

  private boolean run(ChaosSettings settings) throws IOException {
    say("Seed " + settings.seed());
    var evidence = Trial.run(settings, FOLDER, this::say);
    figures(evidence).forEach(this::say);
    var verdicts = new Verdicts(evidence).all();
    verdicts.forEach(verdict -> say(verdict.toString()));
    Files.write(FOLDER.resolve("report.txt"), lines);
    return verdicts.stream().allMatch(verdict -> verdict.broken().isEmpty());
  }

  private void say(String text) {
    var since = Duration.ofNanos(System.nanoTime() - began);
    var line = "[%02d:%02d] %s".formatted(since.toMinutes(), since.toSecondsPart(), text);
    lines.add(line);
    System.out.println(line);
  }

  private static List<String> figures(Evidence evidence) {
    var figures = new ArrayList<String>();
    var history = evidence.history();
    for (var act : Act.values()) {
      figures.add(
          "%s: %,d acknowledged, %,d refused, %,d not answered"
              .formatted(
                  act.name().toLowerCase(Locale.ROOT),
                  history.calls(act, Reply.DONE).count(),
                  history.calls(act, Reply.REFUSED).count(),
                  history.calls(act, Reply.UNKNOWN).count()));
    }
    history.refusals().forEach((words, times) -> figures.add("%,d × %s".formatted(times, words)));
    for (var part : Part.values()) {
      figures.add(spread(evidence.kills(), part));
    }
    var absence = evidence.absence();
    figures.add(
        "Broker away for %d s: %,d tasks created, %,d not, %,d offers, longest time without one %.1f s; drained %.1f s after its return"
            .formatted(
                absence.span().toSeconds(),
                absence.created(),
                absence.creations().size() - absence.created(),
                absence.offers(),
                Kills.seconds(absence.longestSilence()),
                Kills.seconds(absence.drained())));
    var late = evidence.whereabouts().lateness();
    figures.add(
        "%,d processes, %,d timers fired, %,d of them more than 1 s late, the latest %.1f s"
            .formatted(
                evidence.whereabouts().started(),
                late.size(),
                late.stream().filter(millis -> millis > 1000).count(),
                late.stream().mapToLong(Long::longValue).max().orElse(0) / 1e3));
    return figures;
  }

  private static String spread(List<Kill> kills, Part part) {
    var offered =
        kills.stream()
            .filter(kill -> kill.part() == part)
            .map(Kill::offered)
            .sorted()
            .map(Kills::seconds)
            .toList();
    return offered.isEmpty()
        ? part + ": not killed"
        : "%s killed %d times, first new reservation after: least %.1f s, median %.1f s, most %.1f s"
            .formatted(
                part,
                offered.size(),
                offered.getFirst(),
                offered.get(offered.size() / 2),
                offered.getLast());
  }
}
