package dev.muster.statistics;

import dev.muster.queue.TaskQueue;
import dev.muster.statistics.Service.Known;
import dev.muster.workspace.Workspaces;
import java.util.List;
import org.springframework.stereotype.Component;

/** How well queues serve. */
@Component
class Services {

  private final Tallies tallies;
  private final WaitTallies waits;
  private final LiveTasks tasks;
  private final Staff staff;
  private final Workspaces workspaces;

  Services(
      Tallies tallies, WaitTallies waits, LiveTasks tasks, Staff staff, Workspaces workspaces) {
    this.tallies = tallies;
    this.waits = waits;
    this.tasks = tasks;
    this.staff = staff;
    this.workspaces = workspaces;
  }

  /** Each of the queues, in their order. */
  List<Service> of(List<TaskQueue> queues, Question question, int within) {
    var workspace = question.workspace();
    var sids = queues.stream().map(queue -> queue.sid().value()).toList();
    var figures = tallies.of(sids, question);
    var waited = waits.of(sids, question);
    var live = tasks.of(workspace, Scope.QUEUE, sids, question.channel());
    var members = staff.ofQueues(workspace, sids);
    var loggedOut = workspaces.get(workspace).defaultActivity();
    return queues.stream()
        .map(
            queue -> {
              var sid = queue.sid().value();
              var known =
                  new Known(
                      figures.getOrDefault(sid, Figures.NONE),
                      waited.getOrDefault(sid, Waits.NONE),
                      live.getOrDefault(sid, TasksNow.NONE),
                      members.getOrDefault(sid, WorkersNow.NOBODY));
              return Service.of(queue, question, within, loggedOut, known);
            })
        .toList();
  }
}
