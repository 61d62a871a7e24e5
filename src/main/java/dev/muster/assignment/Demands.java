package dev.muster.assignment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.muster.task.Demand;
import dev.muster.task.TaskPlaces;
import dev.muster.task.Tasks;
import dev.muster.workspace.WorkspaceSid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private final TaskPlaces places;

  Demands(Tasks tasks, TaskPlaces places) {
    this.tasks = tasks;
    this.places = places;
  }

  /**
   * What waiting tasks ask for, by demand class; without those of tasks that are gone meanwhile.
   */
  Map<UUID, Demand> of(List<Waiting> tasks) {
    var asked = new HashMap<UUID, Demand>();
    tasks.forEach(task -> of(task).ifPresent(demand -> asked.put(task.demandClass(), demand)));
    return asked;
  }

  private Optional<Demand> of(Waiting task) {
    var key = new Key(task.workspace(), task.demandClass());
    var known = demands.getIfPresent(key);
    if (known != null) {
      return Optional.of(known);
    }
    var demand = tasks.find(task.workspace(), task.sid()).map(places::demand);
    demand.ifPresent(found -> demands.put(key, found));
    return demand;
  }
}
