package dev.muster.web;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.EventListener;

/** What modules told each other. Not a component: the local stack scans the tests' packages too. */
public class Published {

  private final List<Object> events = new CopyOnWriteArrayList<>();

  @EventListener
  void hear(PayloadApplicationEvent<?> event) {
    events.add(event.getPayload());
  }

  public List<Object> all() {
    return List.copyOf(events);
  }
}
