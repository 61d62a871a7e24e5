package dev.muster.trial;

import dev.muster.rules.Attributes;
import dev.muster.rules.AttributesError;
import dev.muster.rules.CompiledInstruction;
import dev.muster.rules.Expression;
import dev.muster.rules.Instruction;
import dev.muster.rules.InstructionError;
import dev.muster.rules.QueueNames;
import dev.muster.rules.Scope;
import dev.muster.rules.Scope.BuiltIns;
import dev.muster.rules.World;
import dev.muster.trial.DryRun.Case;
import dev.muster.trial.DryRun.Move;
import dev.muster.trial.DryRun.Summary;
import dev.muster.trial.DryRun.Unserved;
import dev.muster.trial.DryRun.Way;
import dev.muster.web.Refused;
import dev.muster.workflow.Admission;
import dev.muster.workflow.Admission.Entered;
import dev.muster.workflow.Admissions;
import dev.muster.workflow.Arrival;
import dev.muster.workflow.Plan;
import dev.muster.workflow.Step;
import dev.muster.workspace.WorkspaceSid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Runs tasks through a draft without writing or offering anything. */
@Component
class DryRuns {

  /**
   * A task to be tried: one that was, or one that the caller made up.
   *
   * @param plan that leads it now; null if the caller made it up
   */
  record Tried(@Nullable String sid, String attributes, int priority, @Nullable Plan plan) {}

  /** A step, as the document names it, in the queue that tasks really enter. */
  private record Place(String where, String queue) {}

  private final Admissions admissions;

  DryRuns(Admissions admissions) {
    this.admissions = admissions;
  }

  /**
   * Tries the tasks on a draft.
   *
   * @throws Refused if the draft is no instruction or a task's attributes are no JSON object
   */
  DryRun run(WorkspaceSid workspace, String draft, List<Tried> tasks, World world) {
    var plan = new Plan(compile(draft, world));
    var cases = new ArrayList<Case>();
    var unserved = new LinkedHashMap<Place, Integer>();
    for (var task : tasks) {
      var arrival = arrival(workspace, task, world);
      var admission = admissions.first(plan, arrival);
      cases.add(
          new Case(
              task.sid(),
              task.attributes(),
              old(task, arrival),
              way(plan, admission),
              policies(admission)));
      if (admission instanceof Entered entered && !served(entered, arrival, task, world)) {
        unserved.merge(place(entered.step()), 1, Integer::sum);
      }
    }
    return new DryRun(summary(cases, unserved), cases);
  }

  private static Arrival arrival(WorkspaceSid workspace, Tried task, World world) {
    return new Arrival(
        workspace,
        attributes(task),
        task.priority(),
        List.of(),
        false,
        world.queues()::containsKey);
  }

  private static CompiledInstruction compile(String draft, World world) {
    var queues = new QueueNames(world.queues());
    try {
      var instruction =
          Instruction.parse(draft).withQueues(named -> queues.sid(named).orElse(named));
      return CompiledInstruction.compile("draft", instruction);
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

  private @Nullable Way old(Tried task, Arrival arrival) {
    return task.plan() == null ? null : way(task.plan(), admissions.first(task.plan(), arrival));
  }

  private static Way way(Plan plan, Admission admission) {
    return admission instanceof Entered entered
        ? new Way(
            entered.step().filter() == Step.DEFAULT_FILTER ? null : entered.step().filter(),
            name(plan, entered.step()),
            entered.step().queue().value(),
            entered.priority())
        : Way.NOWHERE;
  }

  private static @Nullable String name(Plan plan, Step step) {
    return step.filter() == Step.DEFAULT_FILTER
        ? "default_filter"
        : plan.compiled().instruction().filters().get(step.filter()).name();
  }

  private static Place place(Step step) {
    var where =
        step.filter() == Step.DEFAULT_FILTER
            ? "task_routing.default_filter"
            : "task_routing.filters[%d].targets[%d]".formatted(step.filter(), step.index());
    return new Place(where, step.queue().value());
  }

  private static List<String> policies(Admission admission) {
    return admission instanceof Entered entered
        ? Stream.concat(entered.closedBy().stream(), entered.loweredBy().stream()).toList()
        : admission.closedBy();
  }

  private static boolean served(Entered entered, Arrival arrival, Tried task, World world) {
    var target = entered.step().target();
    var expression = target == null ? null : target.expression();
    var facts = Map.of("sid", String.valueOf(task.sid()), "priority", entered.priority());
    return world
        .servedBy()
        .test(
            entered.step().queue().value(),
            expression == null
                ? new Expression.Constant(true)
                : expression.given(Scope.task(arrival.attributes(), BuiltIns.of(facts))));
  }

  private static Summary summary(List<Case> cases, Map<Place, Integer> unserved) {
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
