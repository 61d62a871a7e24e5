package dev.muster.process;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.muster.workflow.ProcessId;
import io.camunda.client.CamundaClient;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Which of the processes that workflows name the engine can start. Asked once for many tasks: an
 * answer holds for {@link #HOLDS}.
 */
@Component
@WithEngine
class Presences {

  private static final Logger log = LoggerFactory.getLogger(Presences.class);

  /** How long an answer stands for the next ones. */
  static final Duration HOLDS = Duration.ofSeconds(10);

  private static final Duration SHOWN = Duration.ofMinutes(10);
  private static final String NO_ELEMENT = "noElement_AsksOnly";

  private final AsyncCache<ProcessId, Presence> answers =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(HOLDS).buildAsync();
  private final Cache<ProcessId, Presence> absent =
      Caffeine.newBuilder().maximumSize(100).expireAfterWrite(SHOWN).build();
  private final CamundaClient client;
  private final ProcessSettings settings;

  Presences(CamundaClient client, ProcessSettings settings) {
    this.client = client;
    this.settings = settings;
  }

  /** What the engine has of the process, or had a moment ago. */
  CompletionStage<Presence> of(ProcessId process) {
    return answers
        .get(process, (asked, executor) -> known(asked).toCompletableFuture())
        .thenApply(presence -> Objects.requireNonNullElse(presence, Presence.UNKNOWN));
  }

  /** Null is not kept, so the next task has the engine asked again. */
  private CompletionStage<@Nullable Presence> known(ProcessId process) {
    return look(process)
        .thenApply(presence -> presence == Presence.UNKNOWN ? null : noted(process, presence));
  }

  /** What the engine has of a process that a workflow may come to name. */
  CompletionStage<Presence> ask(ProcessId process) {
    answers.synchronous().invalidate(process);
    return look(process);
  }

  // There is no command that looks. This one is always refused, because one of the elements it is
  // to start at does not exist, and how it is refused tells what there is.
  private CompletionStage<Presence> look(ProcessId process) {
    return client
        .newCreateInstanceCommand()
        .bpmnProcessId(process.value())
        .latestVersion()
        .startBeforeElement(TaskProcess.START_EVENT)
        .startBeforeElement(NO_ELEMENT)
        .requestTimeout(settings.requestTimeout())
        .send()
        .handle((never, refusal) -> Presence.of(refusal));
  }

  private Presence noted(ProcessId process, Presence presence) {
    if (presence == Presence.READY) {
      absent.invalidate(process);
    } else if (absent.asMap().put(process, presence) == null) {
      log.warn(
          "process {} is {}: tasks that name it follow {} instead",
          process,
          presence.wireName(),
          TaskProcess.ID);
    }
    return presence;
  }

  /** The processes that tasks should have followed lately and that could not be started. */
  Set<ProcessId> absent() {
    return Set.copyOf(absent.asMap().keySet());
  }
}
