package dev.muster.process;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import org.springframework.stereotype.Component;

/**
 * A process hands a step to people. The job stays open until their task is over, which {@link
 * ResultRelay} tells; meanwhile it comes again now and then, in case that got lost.
 */
@Component
@WithEngine
public class CreateTask {

  private final Orders orders;
  private final HandedTasks tasks;
  private final Engine engine;

  CreateTask(Orders orders, HandedTasks tasks, Engine engine) {
    this.orders = orders;
    this.tasks = tasks;
    this.engine = engine;
  }

  @JobWorker(type = HandOver.CREATE_TASK, autoComplete = false, fetchVariables = HandOver.ORDER)
  public void create(ActivatedJob job) {
    if (!tasks.remembers(job.getKey())) {
      tasks.take(job.getKey(), orders.read(job.getVariablesAsMap()));
    }
    engine.rest(job.getKey());
  }
}
