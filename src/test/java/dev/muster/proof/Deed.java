package dev.muster.proof;

import dev.muster.proof.Client.Request;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that somebody does in a workspace. */
sealed interface Deed {

  /** What is asked of Muster from outside. */
  sealed interface Call extends Deed {

    Request request(Site site);
  }

  /** What passes, or what the engine's timers and the sweeps ask for. */
  sealed interface Happening extends Deed {}

  record LetTimePass(int seconds) implements Happening {}

  record FireReservationTimer(String reservation) implements Happening {}

  record FireTaskTimer(String task) implements Happening {}

  record Sweep() implements Happening {}

  /**
   * @param target a worker, or a queue; null for neither
   */
  record CreateTask(
      Wanted wanted,
      String channel,
      int priority,
      int timeout,
      @Nullable String target,
      boolean ignoreCapacity)
      implements Call {

    @Override
    public Request request(Site site) {
      var form = new ArrayList<String>();
      form.addAll(List.of("WorkflowSid", site.workflow(), "Attributes", wanted.attributes()));
      form.addAll(List.of("TaskChannel", channel, "Priority", String.valueOf(priority)));
      form.addAll(List.of("Timeout", String.valueOf(timeout)));
      if (target != null) {
        form.addAll(List.of("RoutingTarget", target));
        if (target.startsWith("WK")) {
          form.addAll(List.of("IgnoreCapacity", String.valueOf(ignoreCapacity)));
        }
      }
      return Request.post(site.path("Tasks"), form.toArray(String[]::new));
    }
  }

  record EditTask(String task, Wanted wanted, int priority, @Nullable Integer ifMatch)
      implements Call {

    @Override
    public Request request(Site site) {
      return Request.post(
              site.path("Tasks", task),
              "Attributes",
              wanted.attributes(),
              "Priority",
              String.valueOf(priority))
          .ifMatch(ifMatch);
    }
  }

  record MoveTask(String task, String status, @Nullable Integer ifMatch) implements Call {

    static final String REASON = "the proof says so";

    @Override
    public Request request(Site site) {
      return Request.post(site.path("Tasks", task), "AssignmentStatus", status, "Reason", REASON)
          .ifMatch(ifMatch);
    }
  }

  record DeleteTask(String task, @Nullable Integer ifMatch) implements Call {

    @Override
    public Request request(Site site) {
      return Request.delete(site.path("Tasks", task)).ifMatch(ifMatch);
    }
  }

  /**
   * @param parent the sid of the task or the worker under which it is addressed
   * @param byInstruction whether the answer is one that a workflow's callback may give as well
   * @param activity where a worker goes who rejects, or after the work; null to stay
   */
  record AnswerOffer(
      String reservation,
      String parent,
      String status,
      boolean byInstruction,
      @Nullable String activity,
      @Nullable Integer ifMatch)
      implements Call {

    @Override
    public Request request(Site site) {
      var form = new ArrayList<String>();
      if (byInstruction) {
        form.addAll(List.of("Instruction", status.equals("accepted") ? "accept" : "reject"));
      } else {
        form.addAll(List.of("ReservationStatus", status));
      }
      if (activity != null) {
        var next = status.equals("rejected") ? "WorkerActivitySid" : "PostWorkActivitySid";
        form.addAll(List.of(next, activity));
      }
      var above = parent.startsWith("WT") ? "Tasks" : "Workers";
      return Request.post(
              site.path(above, parent, "Reservations", reservation), form.toArray(String[]::new))
          .ifMatch(ifMatch);
    }
  }

  /**
   * @param to a worker, a queue or the workflow
   */
  record HandOn(
      String worker, String reservation, String task, String to, String mode, Wanted wanted)
      implements Call {

    @Override
    public Request request(Site site) {
      return Request.post(
          site.transfers(worker),
          "ReservationSid",
          reservation,
          "TaskSid",
          task,
          "To",
          to,
          "Mode",
          mode,
          "Attributes",
          wanted.attributes());
    }
  }

  record TakeBack(String worker, String transfer, String task) implements Call {

    @Override
    public Request request(Site site) {
      return Request.post(
          site.transfers(worker) + "/" + transfer, "TaskSid", task, "TransferStatus", "canceled");
    }
  }

  record MoveWorker(String worker, String activity, boolean rejectPending) implements Call {

    @Override
    public Request request(Site site) {
      return Request.post(
          site.path("Workers", worker),
          "ActivitySid",
          activity,
          "RejectPendingReservations",
          String.valueOf(rejectPending));
    }
  }

  record EditWorker(String worker, String name, Talent talent) implements Call {

    @Override
    public Request request(Site site) {
      return Request.post(
          site.path("Workers", worker), "FriendlyName", name, "Attributes", talent.attributes());
    }
  }

  record CreateWorker(String name, Talent talent, String activity) implements Call {

    @Override
    public Request request(Site site) {
      return Request.post(
          site.path("Workers"),
          "FriendlyName",
          name,
          "Attributes",
          talent.attributes(),
          "ActivitySid",
          activity);
    }
  }

  record DeleteWorker(String worker) implements Call {

    @Override
    public Request request(Site site) {
      return Request.delete(site.path("Workers", worker));
    }
  }

  record EditChannel(String worker, String channel, int capacity, boolean available)
      implements Call {

    @Override
    public Request request(Site site) {
      return Request.post(
          site.path("Workers", worker, "Channels", channel),
          "Capacity",
          String.valueOf(capacity),
          "Available",
          String.valueOf(available));
    }
  }

  record EditQueue(String queue, String targetWorkers, String order, int maxReservedWorkers)
      implements Call {

    @Override
    public Request request(Site site) {
      return Request.post(
          site.path("TaskQueues", queue),
          "TargetWorkers",
          targetWorkers,
          "TaskOrder",
          order,
          "MaxReservedWorkers",
          String.valueOf(maxReservedWorkers));
    }
  }

  record EditWorkflow(Instructions instructions, boolean again) implements Call {

    @Override
    public Request request(Site site) {
      return Request.post(
          site.path("Workflows", site.workflow()),
          "Configuration",
          instructions.configuration(site.queues()),
          "ReEvaluateTasks",
          String.valueOf(again));
    }
  }

  /** Asks in the name of another tenant to change something of this one. */
  record Trespass(Call call) implements Call {

    @Override
    public Request request(Site site) {
      return call.request(site);
    }
  }

  /** Asks that workers have one task at a time, as they do from the beginning or never. */
  record AskForSingleTasking() implements Call {

    @Override
    public Request request(Site site) {
      return Request.post("/v1/Workspaces/" + site.workspace(), "MultiTaskEnabled", "false");
    }
  }
}
