package dev.muster.process;

import dev.muster.workflow.ProcessId;
import io.camunda.client.CamundaClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.springframework.stereotype.Component;

/** What Muster says to the process engine; nothing is ever read from it. */
@Component
@WithEngine
class Engine {

  private final CamundaClient client;
  private final Presences presences;
  private final ProcessSettings settings;

  Engine(CamundaClient client, Presences presences, ProcessSettings settings) {
    this.client = client;
    this.presences = presences;
    this.settings = settings;
  }

  /** Makes this the model of new processes, unless it is already. */
  void deploy(byte[] model, String name) {
    client
        .newDeployResourceCommand()
        .addResourceBytes(model, name)
        .requestTimeout(settings.requestTimeout())
        .send()
        .join();
  }

  /**
   * Tells where a task stands. The process of a task is started with its first telling; one that
   * the engine cannot start is not, and the reply says so.
   *
   * <p>If an earlier attempt may have started it, the process is first started and then told:
   * whichever of the two finds a process alive, it ends up in the right place.
   */
  CompletionStage<Reply> tell(Claim claim, Standing standing) {
    if (claim.started()) {
      return move(claim, standing);
    }
    if (!claim.attempted()) {
      return standing.ended() ? CompletableFuture.completedStage(Reply.DONE) : start(standing);
    }
    return standing.ended()
        ? move(claim, standing)
        : start(standing)
            .thenCompose(
                reply ->
                    reply == Reply.DONE
                        ? move(claim, standing)
                        : CompletableFuture.completedStage(reply));
  }

  // Without time to live: the engine starts no second process while the first lives, but it would
  // keep the message and start one after the first has ended.
  private CompletionStage<Reply> start(Standing standing) {
    var process = standing.process();
    return process == null
        ? start(standing, TaskProcess.TASK_CREATED)
        : presences.of(process).thenCompose(presence -> start(standing, process, presence));
  }

  private CompletionStage<Reply> start(Standing standing, ProcessId process, Presence presence) {
    return switch (presence) {
      case READY -> start(standing, TaskProcess.startOf(process));
      case MISSING, FOREIGN -> CompletableFuture.completedStage(Reply.ABSENT);
      case UNKNOWN -> CompletableFuture.completedStage(Reply.BUSY);
    };
  }

  private CompletionStage<Reply> start(Standing standing, String message) {
    var task = standing.task().value();
    return publish(message, task, task, Duration.ZERO, standing.firstVariables());
  }

  private CompletionStage<Reply> move(Claim claim, Standing standing) {
    var task = standing.task().value();
    var id = "%s-%d-%d".formatted(task, standing.version(), claim.changedAt().toEpochMilli());
    return publish(
        TaskProcess.TASK_MOVED,
        task,
        id,
        settings.messageTimeToLive(),
        standing.stage().variables());
  }

  /**
   * Ends the job that waits for a task: with its result, or as an error if it was canceled. If the
   * engine refuses that, it is an incident.
   */
  CompletionStage<Reply> tell(TaskResult result) {
    return end(result)
        .thenCompose(
            reply ->
                reply == Reply.REFUSED ? giveUp(result) : CompletableFuture.completedStage(reply));
  }

  private CompletionStage<Reply> end(TaskResult result) {
    var ending =
        result.completed()
            ? client.newCompleteCommand(result.job()).variables(result.variables())
            : client
                .newThrowErrorCommand(result.job())
                .errorCode(HandOver.TASK_CANCELED)
                .errorMessage(result.message())
                .variables(result.variables());
    return ending
        .requestTimeout(settings.requestTimeout())
        .send()
        .handle((response, failure) -> Reply.of(failure));
  }

  private CompletionStage<Reply> giveUp(TaskResult result) {
    return client
        .newFailCommand(result.job())
        .retries(0)
        .errorMessage(
            "Expected the engine to take what became of task %s, but it refuses it"
                .formatted(result.task()))
        .requestTimeout(settings.requestTimeout())
        .send()
        .handle((response, failure) -> Reply.of(failure));
  }

  /** Lets an activated job rest: unless it is ended before, it comes again after a while. */
  void rest(long job) {
    client
        .newUpdateTimeoutCommand(job)
        .timeout(settings.openJobRests())
        .requestTimeout(settings.requestTimeout())
        .send();
  }

  private CompletionStage<Reply> publish(
      String name, String key, String id, Duration timeToLive, Map<String, Object> variables) {
    return client
        .newPublishMessageCommand()
        .messageName(name)
        .correlationKey(key)
        .messageId(id)
        .timeToLive(timeToLive)
        .variables(variables)
        .requestTimeout(settings.requestTimeout())
        .send()
        .handle((response, failure) -> Reply.of(failure));
  }
}
