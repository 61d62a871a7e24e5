package dev.muster.task;

import org.springframework.context.ApplicationContext;

/** Lets a node forget what was over long ago when a test says so. */
public record Forgetting(ApplicationContext context) {

  public void now() {
    context.getBean(OldTasks.class).forget();
  }
}
