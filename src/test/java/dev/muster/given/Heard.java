package dev.muster.given;

import dev.muster.queue.TaskOrderChanged;
import dev.muster.worker.PendingReservationsRefused;
import dev.muster.worker.WorkerChanged;
import dev.muster.workspace.WorkAvailable;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.event.EventListener;

/** What the modules above are told. */
public class Heard {

  private final List<Object> all = new CopyOnWriteArrayList<>();

  public void forget() {
    all.clear();
  }

  public <T> List<T> all(Class<T> type) {
    return all.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /**
   * How often it was said that there may be work in the tenant's workspace; the clocks of others,
   * from tests before, may say so of theirs at any time.
   */
  public int wakeUps(Given tenant) {
    return Collections.frequency(all, new WorkAvailable(tenant.workspaceSid()));
  }

  @EventListener({
    WorkAvailable.class,
    WorkerChanged.class,
    PendingReservationsRefused.class,
    TaskOrderChanged.class
  })
  void hear(Object event) {
    all.add(event);
  }
}
