package dev.muster.assignment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.muster.task.Demand;
import dev.muster.task.TaskRouting;
import dev.muster.task.Tasks;
import dev.muster.workspace.WorkspaceSid;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * What tasks ask for, by demand class. A class never changes what it stands for, so it is worked
 * out once per node.
 */
@Component
class Demands {

  private record Key(WorkspaceSid workspace, UUID demandClass) {}

  private static final int KEPT = 20_000;

  private final Cache<Key, Demand> demands = Caffeine.newBuilder().maximumSize(KEPT).build();
  private final Tasks tasks;
  private final TaskRouting routing;

  Demands(Tasks tasks, TaskRouting routing) {
    this.tasks = tasks;
    this.routing = routing;
  }

  /** The demand of a waiting task; empty if the task is gone meanwhile. */
  Optional<Demand> of(Waiting task) {
    var key = new Key(task.workspace(), task.demandClass());
    var known = demands.getIfPresent(key);
    if (known != null) {
      return Optional.of(known);
    }
    var demand = tasks.find(task.workspace(), task.sid()).map(routing::demand);
    demand.ifPresent(found -> demands.put(key, found));
    return demand;
  }
}
