package dev.muster.assignment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.muster.task.Demand;
import dev.muster.task.TaskPlaces;
import dev.muster.task.TaskSid;
import dev.muster.task.Tasks;
import dev.muster.workspace.WorkspaceSid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * What tasks ask for, by demand class. A class never changes what it stands for, so it is worked
 * out once per node.
 */
@Component
class Demands {

  private record Key(WorkspaceSid workspace, UUID demandClass) {}

  private static final int KEPT = 100_000;

  private final Cache<Key, Demand> demands = Caffeine.newBuilder().maximumSize(KEPT).build();
  private final Tasks tasks;
  private final TaskPlaces places;

  Demands(Tasks tasks, TaskPlaces places) {
    this.tasks = tasks;
    this.places = places;
  }

  /**
   * What waiting tasks ask for, by demand class; without those of tasks that are gone meanwhile, or
   * ask for something else.
   */
  Map<UUID, Demand> of(WorkspaceSid workspace, List<Waiting> waiting) {
    var asked = new HashMap<UUID, Demand>();
    var unknown = new HashMap<TaskSid, UUID>();
    for (var task : waiting) {
      var known = demands.getIfPresent(new Key(workspace, task.demandClass()));
      if (known == null) {
        unknown.put(task.sid(), task.demandClass());
      } else {
        asked.put(task.demandClass(), known);
      }
    }
    for (var task : tasks.findAll(workspace, unknown.keySet())) {
      if (task.demandClass().equals(unknown.get(task.sid()))) {
        var demand = places.demand(task);
        demands.put(new Key(workspace, task.demandClass()), demand);
        asked.put(task.demandClass(), demand);
      }
    }
    return asked;
  }
}
