package dev.muster.statistics;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.muster.statistics.Cumulated.Mean;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What happened in a while. */
@Component
class Cumulative {

  /** Of workers, on the wire; see {@link Cumulated}. */
  record OfWorkers(
      Instant startTime,
      Instant endTime,
      @JsonUnwrapped OfferCounts offers,
      List<Stays.InActivity> activityDurations) {}

  private final Tallies tallies;
  private final WaitTallies waits;
  private final Stays stays;

  Cumulative(Tallies tallies, WaitTallies waits, Stays stays) {
    this.tallies = tallies;
    this.waits = waits;
    this.stays = stays;
  }

  /** Of one workspace, queue or workflow. */
  Cumulated of(Scope scope, String subject, Question question, Mean mean) {
    return of(scope, List.of(subject), question, mean).getFirst();
  }

  /** Of each of the queues or workflows, in their order. */
  List<Cumulated> of(Scope scope, List<String> subjects, Question question, Mean mean) {
    var figures = tallies.of(subjects, question);
    var waited =
        question.thresholds().isEmpty() ? Map.<String, Waits>of() : waits.of(subjects, question);
    return subjects.stream()
        .map(
            subject ->
                Cumulated.of(
                    scope,
                    question,
                    figures.getOrDefault(subject, Figures.NONE),
                    waited.getOrDefault(subject, Waits.NONE),
                    mean))
        .toList();
  }

  /** Of workers: those with these sids, or all that the workspace has or had. */
  OfWorkers ofWorkers(Question question, Optional<List<String>> workers) {
    var workspace = question.workspace();
    var figures =
        workers
            .map(sids -> tallies.ofWorkers(sids, question))
            .orElseGet(() -> tallies.of(List.of(workspace.value()), question));
    return new OfWorkers(
        question.window().start(),
        question.window().end(),
        OfferCounts.of(figures.values().stream().reduce(Figures.NONE, Figures::and)),
        stays.of(workspace, question.window(), workers));
  }
}
