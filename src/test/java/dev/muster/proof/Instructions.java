package dev.muster.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A workflow's document in the words of the proof, and what it means: which step a task comes to,
 * and whom a step asks for. It knows nothing of Muster's own reading.
 *
 * @param fallback the default filter; null for none
 */
record Instructions(String name, List<Filter> filters, @Nullable Target fallback) {

  /** Where a task stands: the filter's position, and the target's in it. */
  record Place(int filter, int target) {

    static final Place FALLBACK = new Place(-1, 0);

    /** Of a task whose queue its creator chose. */
    static final Place PLACED = new Place(-2, 0);
  }

  /** Takes tasks of these kinds. */
  record Filter(String kinds, List<Target> targets) {

    boolean takes(Wanted wanted) {
      return kinds.contains(wanted.kind());
    }
  }

  /**
   * @param queue the position of a queue of the workspace
   * @param skipIf null if the step is never skipped
   */
  record Target(
      int queue,
      Whom whom,
      @Nullable Integer timeoutSeconds,
      @Nullable Integer priority,
      @Nullable String skipIf) {

    static Target of(int queue) {
      return new Target(queue, Whom.MEMBERS, null, null, null);
    }

    Target of(Whom narrowed) {
      return new Target(queue, narrowed, timeoutSeconds, priority, skipIf);
    }

    Target forSeconds(int seconds) {
      return new Target(queue, whom, seconds, priority, skipIf);
    }

    Target at(int newPriority) {
      return new Target(queue, whom, timeoutSeconds, newPriority, skipIf);
    }

    Target skippedIf(String condition) {
      return new Target(queue, whom, timeoutSeconds, priority, condition);
    }
  }

  /** Which of a queue's members a step asks for. */
  enum Whom {
    MEMBERS(""),
    ABLE("\"expression\": \"worker.level >= task.level\""),
    SPANISH("\"expression\": \"worker.language == 'es'\""),
    NAMED("\"known_worker_friendly_name\": \"task.who\""),
    BEST("\"order_by\": \"worker.level DESC\"");

    private final String text;

    Whom(String text) {
      this.text = text;
    }

    boolean admits(Wanted wanted, String name, Talent talent) {
      return switch (this) {
        case MEMBERS, BEST -> true;
        case ABLE -> talent.level() >= wanted.level();
        case SPANISH -> talent.language().equals("es");
        case NAMED -> name.equals(wanted.who());
      };
    }
  }

  static final List<Instructions> ALL =
      List.of(
          new Instructions(
              "ladder",
              List.of(
                  new Filter(
                      "a", List.of(Target.of(1).forSeconds(20).at(2), Target.of(0).forSeconds(20))),
                  new Filter("ab", List.of(Target.of(2).of(Whom.ABLE))),
                  new Filter(
                      "c",
                      List.of(
                          Target.of(1).skippedIf("1==1").forSeconds(40),
                          Target.of(0).of(Whom.NAMED))),
                  new Filter("e", List.of(Target.of(0).of(Whom.BEST)))),
              Target.of(0)),
          new Instructions(
              "skipping",
              List.of(
                  new Filter(
                      "bd",
                      List.of(
                          Target.of(1).skippedIf("workers.available == 0"),
                          Target.of(2).forSeconds(30))),
                  new Filter("c", List.of(Target.of(0).of(Whom.BEST))),
                  new Filter("ad", List.of(Target.of(0).of(Whom.SPANISH).forSeconds(15)))),
              Target.of(1)),
          new Instructions(
              "strict",
              List.of(
                  new Filter("a", List.of(Target.of(2).skippedIf("1==1").forSeconds(50))),
                  new Filter("abe", List.of(Target.of(0).at(1))),
                  new Filter("c", List.of(Target.of(1).of(Whom.ABLE).skippedIf("1==1")))),
              null));

  /** The instructions that a configuration was written from. */
  static Instructions of(String configuration) {
    return ALL.stream()
        .filter(each -> configuration.contains("\"" + each.name + "\""))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(configuration));
  }

  Target target(Place place) {
    return place.filter() < 0
        ? Optional.ofNullable(fallback).orElseThrow()
        : filters.get(place.filter()).targets().get(place.target());
  }

  Optional<Place> first(Wanted wanted) {
    return filterFrom(0, wanted).or(this::fallbackPlace);
  }

  /** The next target, or the next filter that matches; the default filter catches nobody here. */
  Optional<Place> afterTimeout(Place place, Wanted wanted) {
    if (place.filter() < 0) {
      return Optional.empty();
    }
    return place.target() + 1 < filters.get(place.filter()).targets().size()
        ? Optional.of(new Place(place.filter(), place.target() + 1))
        : filterFrom(place.filter() + 1, wanted);
  }

  Optional<Place> afterSkip(Place place, Wanted wanted) {
    return place.filter() < 0
        ? Optional.empty()
        : afterTimeout(place, wanted).or(this::fallbackPlace);
  }

  private Optional<Place> filterFrom(int from, Wanted wanted) {
    for (var i = from; i < filters.size(); i++) {
      if (filters.get(i).takes(wanted)) {
        return Optional.of(new Place(i, 0));
      }
    }
    return Optional.empty();
  }

  private Optional<Place> fallbackPlace() {
    return fallback == null ? Optional.empty() : Optional.of(Place.FALLBACK);
  }

  /** The document for a workspace with these queues. */
  String configuration(List<String> queues) {
    var texts =
        filters.stream()
            .map(
                filter ->
                    "{\"filter_friendly_name\": \"%s\", \"expression\": \"kind IN [%s]\", \"targets\": [%s]}"
                        .formatted(
                            name,
                            filter
                                .kinds()
                                .chars()
                                .mapToObj("'%c'"::formatted)
                                .collect(Collectors.joining(",")),
                            filter.targets().stream()
                                .map(target -> text(target, queues))
                                .collect(Collectors.joining(", "))))
            .collect(Collectors.joining(", "));
    var last = fallback == null ? "" : ", \"default_filter\": " + text(fallback, queues);
    return "{\"task_routing\": {\"filters\": [%s]%s}}".formatted(texts, last);
  }

  private static String text(Target target, List<String> queues) {
    var parts = new ArrayList<String>();
    parts.add("\"queue\": \"%s\"".formatted(queues.get(target.queue())));
    if (!target.whom().text.isEmpty()) {
      parts.add(target.whom().text);
    }
    if (target.timeoutSeconds() != null) {
      parts.add("\"timeout\": " + target.timeoutSeconds());
    }
    if (target.priority() != null) {
      parts.add("\"priority\": " + target.priority());
    }
    if (target.skipIf() != null) {
      parts.add("\"skip_if\": \"%s\"".formatted(target.skipIf()));
    }
    return "{" + String.join(", ", parts) + "}";
  }
}
