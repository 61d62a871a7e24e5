package dev.muster.trial;

import dev.muster.rules.Attributes;
import dev.muster.rules.AttributesError;
import dev.muster.rules.CompiledInstruction;
import dev.muster.rules.Decision;
import dev.muster.rules.Expression;
import dev.muster.rules.Instruction;
import dev.muster.rules.Instruction.Target;
import dev.muster.rules.InstructionError;
import dev.muster.rules.Scope;
import dev.muster.rules.Scope.BuiltIns;
import dev.muster.rules.World;
import dev.muster.trial.DryRun.Case;
import dev.muster.trial.DryRun.Move;
import dev.muster.trial.DryRun.Summary;
import dev.muster.trial.DryRun.Unserved;
import dev.muster.trial.DryRun.Way;
import dev.muster.web.Refused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Runs tasks through a draft without writing or offering anything. */
@Component
class DryRuns {

  /** A task to be tried: one that was, or one that the caller made up. */
  record Tried(@Nullable String sid, String attributes, int priority, @Nullable Way old) {}

  private record Entered(String where, String queue) {}

  /**
   * Tries the tasks on a draft.
   *
   * @throws Refused if the draft is no instruction or a task's attributes are no JSON object
   */
  DryRun run(String draft, List<Tried> tasks, World world) {
    var compiled = compile(draft);
    var cases = new ArrayList<Case>();
    var unserved = new LinkedHashMap<Entered, Integer>();
    for (var task : tasks) {
      var attributes = attributes(task);
      var place = place(compiled, attributes);
      cases.add(new Case(task.sid(), task.attributes(), task.old(), way(place, task.priority())));
      if (place != null) {
        var step = new Entered(place.where(), place.target().queue());
        if (!served(place.target(), attributes, task, world)) {
          unserved.merge(step, 1, Integer::sum);
        }
      }
    }
    return new DryRun(summary(cases, unserved), cases);
  }

  private static CompiledInstruction compile(String draft) {
    try {
      return CompiledInstruction.compile("draft", Instruction.parse(draft));
    } catch (InstructionError error) {
      throw Refused.because("Configuration", error);
    }
  }

  private static Attributes attributes(Tried task) {
    try {
      return Attributes.parse(task.attributes());
    } catch (AttributesError error) {
      throw Refused.because("Tasks", error);
    }
  }

  /** The first step of a task and how the document names it. */
  record Place(String where, @Nullable Integer filter, @Nullable String name, Target target) {}

  static @Nullable Place place(CompiledInstruction compiled, Attributes task) {
    var instruction = compiled.instruction();
    return switch (compiled.decide(task)) {
      case Decision.Matched matched -> {
        var filter = instruction.filters().get(matched.filter());
        yield new Place(
            "task_routing.filters[%d].targets[0]".formatted(matched.filter()),
            matched.filter(),
            filter.name(),
            filter.targets().getFirst());
      }
      case Decision.Default ignored -> {
        var target = instruction.defaultFilter();
        yield target == null
            ? null
            : new Place("task_routing.default_filter", null, "default_filter", target);
      }
      case Decision.Nothing ignored -> null;
    };
  }

  /** Where a task goes from a place, having had {@code priority} before. */
  static Way way(@Nullable Place place, int priority) {
    return place == null
        ? Way.NOWHERE
        : new Way(
            place.filter(),
            place.name(),
            place.target().queue(),
            place.target().priority() == null ? priority : place.target().priority());
  }

  private static boolean served(Target target, Attributes attributes, Tried task, World world) {
    var expression = target.expression();
    var facts = Map.of("sid", String.valueOf(task.sid()), "priority", task.priority());
    return world
        .servedBy()
        .test(
            target.queue(),
            expression == null
                ? new Expression.Constant(true)
                : expression.given(Scope.task(attributes, BuiltIns.of(facts))));
  }

  private static Summary summary(List<Case> cases, Map<Entered, Integer> unserved) {
    record Between(@Nullable String from, @Nullable String to) {}
    var moves = new LinkedHashMap<Between, Integer>();
    for (var tried : cases) {
      var old = tried.old();
      if (old != null && tried.moves()) {
        moves.merge(new Between(old.taskQueueSid(), tried.draft().taskQueueSid()), 1, Integer::sum);
      }
    }
    return new Summary(
        cases.size(),
        (int) cases.stream().filter(Case::moves).count(),
        (int) cases.stream().filter(tried -> tried.draft().equals(Way.NOWHERE)).count(),
        moves.entrySet().stream()
            .map(move -> new Move(move.getKey().from(), move.getKey().to(), move.getValue()))
            .toList(),
        unserved.entrySet().stream()
            .map(
                step -> new Unserved(step.getKey().where(), step.getKey().queue(), step.getValue()))
            .toList());
  }
}
