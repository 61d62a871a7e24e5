package dev.muster.explanation;

import dev.muster.explanation.Explanation.KnownWorker;
import dev.muster.rules.Attributes;
import dev.muster.rules.Path;
import dev.muster.task.Demand;
import dev.muster.task.Demand.Whom;
import dev.muster.task.Task;
import dev.muster.task.TaskPlaces;
import dev.muster.web.Sid;
import dev.muster.worker.WorkerSid;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells of steps that are for one certain worker whether there is such a worker. */
@Component
class WorkersOfSteps {

  private static final int NOT_IN_QUEUE = 40152;
  private static final int MISSING_OR_INVALID = 40154;
  private static final int NOT_IN_WORKSPACE = 40155;

  private final TaskPlaces places;
  private final Colleagues colleagues;

  WorkersOfSteps(TaskPlaces places, Colleagues colleagues) {
    this.places = places;
    this.colleagues = colleagues;
  }

  /** The worker whom the task's step is for; empty if it is for any. */
  Optional<KnownWorker> of(Task task, Demand demand) {
    var target = places.step(task).target();
    var knownWorker = target == null ? null : target.knownWorker();
    return knownWorker != null && demand.whom() instanceof Whom.Known known
        ? Optional.of(look(task, known, knownWorker.reference()))
        : Optional.empty();
  }

  private KnownWorker look(Task task, Whom.Known known, Path reference) {
    if (known.sid() != null) {
      return Sid.is("WK", known.sid())
          ? found(task, reference, colleagues.find(task, new WorkerSid(known.sid())))
          : wrong(reference, "is not the SID of a worker", MISSING_OR_INVALID);
    }
    if (known.name() != null) {
      return known.name().indexOf('\0') < 0
          ? found(task, reference, colleagues.named(task, known.name()))
          : wrong(reference, "is not the name of a worker", MISSING_OR_INVALID);
    }
    var kind = Attributes.parse(task.attributes()).kindBelow(reference).orElse(null);
    return switch (kind) {
      case null -> wrong(reference, "is missing", MISSING_OR_INVALID);
      case NULL -> wrong(reference, "is null", null);
      default -> wrong(reference, "is not text", MISSING_OR_INVALID);
    };
  }

  private static KnownWorker found(Task task, Path reference, Optional<Colleague> worker) {
    if (worker.isEmpty()) {
      return wrong(reference, "names no worker of this workspace", NOT_IN_WORKSPACE);
    }
    return worker.get().member()
        ? new KnownWorker(reference.text(), null, null)
        : wrong(
            reference,
            "names %s, who is not a member of %s".formatted(worker.get().name(), task.queueName()),
            NOT_IN_QUEUE);
  }

  private static KnownWorker wrong(Path reference, String why, @Nullable Integer code) {
    return new KnownWorker(reference.text(), reference.text() + " " + why, code);
  }
}
