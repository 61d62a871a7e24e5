package dev.muster.explanation;

import dev.muster.explanation.Member.Reason;
import dev.muster.queue.TaskQueue;
import dev.muster.rules.Attributes;
import dev.muster.rules.Expression;
import dev.muster.rules.Scope;
import dev.muster.rules.Scope.BuiltIns;
import dev.muster.rules.Trace;
import dev.muster.task.Demand;
import dev.muster.task.Demand.Whom;
import dev.muster.task.Task;
import dev.muster.worker.WorkerSid;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Finds the first reason why a task is not offered to a worker, by the conditions that matching
 * itself uses.
 */
final class WhyNot {

  private final Task task;
  private final Demand demand;
  private final TaskQueue queue;
  private final Map<WorkerSid, BuiltIns> onChannels;
  private final Scope age;

  WhyNot(
      Task task, Demand demand, TaskQueue queue, Map<WorkerSid, BuiltIns> onChannels, Instant now) {
    this.task = task;
    this.demand = demand;
    this.queue = queue;
    this.onChannels = onChannels;
    this.age =
        Scope.task(
            Attributes.EMPTY,
            BuiltIns.of(
                Map.of("age", Math.max(0, Duration.between(task.createdAt(), now).toSeconds()))));
  }

  Member of(Colleague colleague) {
    var reason = reason(colleague);
    return new Member(colleague.sid(), colleague.name(), reason, why(reason, colleague));
  }

  private Reason reason(Colleague colleague) {
    if (task.status().ended()) {
      return Reason.TASK_OVER;
    }
    if (!task.seeksWorker() || colleague.sid().equals(task.transferredBy())) {
      return Reason.ASSIGNED;
    }
    if ("pending".equals(colleague.reservation())) {
      return Reason.OFFERED;
    }
    var byCapacity = byWhom(colleague);
    if (byCapacity != Reason.READY) {
      return byCapacity;
    }
    return task.declinedBy().contains(colleague.sid().value()) ? Reason.DECLINED : Reason.READY;
  }

  private Reason byWhom(Colleague colleague) {
    return switch (demand.whom()) {
      case Whom.Direct direct -> {
        if (!direct.sid().equals(colleague.sid().value())) {
          yield Reason.NOT_THE_ONE;
        }
        yield direct.ignoreCapacity() && colleague.channelAvailable()
            ? Reason.READY
            : byReadiness(colleague);
      }
      case Whom.Known known ->
          colleague.sid().value().equals(known.sid()) || colleague.name().equals(known.name())
              ? asMember(colleague)
              : Reason.NOT_THE_ONE;
      case Whom.Anyone anyone -> asMember(colleague);
    };
  }

  private Reason asMember(Colleague colleague) {
    if (!colleague.member()) {
      return Reason.NOT_A_MEMBER;
    }
    var byReadiness = byReadiness(colleague);
    if (byReadiness != Reason.READY) {
      return byReadiness;
    }
    var workers = demand.workers();
    return workers == null || workers.test(scope(colleague)) ? Reason.READY : Reason.EXPRESSION;
  }

  private static Reason byReadiness(Colleague colleague) {
    if (!colleague.available()) {
      return Reason.UNAVAILABLE_ACTIVITY;
    }
    if (!colleague.channelAvailable()) {
      return Reason.CHANNEL_OFF;
    }
    return colleague.full() ? Reason.CAPACITY_USED : Reason.READY;
  }

  private String why(Reason reason, Colleague colleague) {
    return switch (reason) {
      case TASK_OVER -> "the task is over: " + task.status();
      case ASSIGNED ->
          "accepted".equals(colleague.reservation()) || "wrapping".equals(colleague.reservation())
              ? "has the task"
              : "another worker has accepted the task";
      case OFFERED -> "is being offered the task";
      case NOT_A_MEMBER ->
          "is not a member of " + queue.friendlyName() + ": " + notAMember(colleague);
      case NOT_THE_ONE -> "the task is for one certain worker, and this is another";
      case UNAVAILABLE_ACTIVITY -> "is in activity " + colleague.activityName();
      case CHANNEL_OFF -> "is not available on channel " + colleague.channelName();
      case CAPACITY_USED ->
          "capacity on channel %s: %d of %d used"
              .formatted(colleague.channelName(), colleague.reserved(), colleague.capacity());
      case EXPRESSION -> failing(colleague);
      case DECLINED -> "let the offer go before: " + colleague.reservation();
      case READY -> "could be offered the task; other tasks or workers come first";
    };
  }

  private Scope scope(Colleague colleague) {
    return age.and(colleague.asWorker(onChannels.getOrDefault(colleague.sid(), BuiltIns.NONE)));
  }

  private String failing(Colleague colleague) {
    var workers = demand.workers();
    return workers == null ? "" : Trace.of(workers, scope(colleague)).firstReason().orElse("");
  }

  private String notAMember(Colleague colleague) {
    var text = queue.targetWorkers();
    return text.isBlank()
        ? "its expression is empty, which matches nobody"
        : Trace.of(Expression.parse(text), Attributes.parse(colleague.attributes()))
            .firstReason()
            .orElse("it joined a moment ago");
  }
}
