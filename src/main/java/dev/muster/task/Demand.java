package dev.muster.task;

import dev.muster.queue.TaskQueueSid;
import dev.muster.rules.Attributes;
import dev.muster.rules.Expression;
import dev.muster.rules.KnownWorker;
import dev.muster.rules.OrderBy;
import dev.muster.rules.OrderBy.Clause;
import dev.muster.rules.Path;
import dev.muster.rules.Scope;
import dev.muster.rules.Scope.BuiltIns;
import dev.muster.web.Sid;
import dev.muster.worker.WorkerSid;
import dev.muster.workflow.Step;
import dev.muster.workspace.TaskChannelSid;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a task asks for in its present step, with everything that depends on the task alone already
 * worked out: tasks with equal demands are served by the same workers in the same order, so that
 * one of them speaks for all.
 *
 * @param workers narrows the queue's members; null for all of them
 * @param orderBy null for the longest idle first
 * @param skipIf asked once, when nobody could be found on entering the step
 * @param exceptWorker sid of the worker who hands the task on and is not asked; null for none
 */
public record Demand(
    TaskQueueSid queue,
    TaskChannelSid channel,
    Whom whom,
    @Nullable Expression workers,
    @Nullable OrderBy orderBy,
    @Nullable Expression skipIf,
    @Nullable String exceptWorker) {

  /**
   * The first class, as PostgreSQL orders them, of tasks that {@link #asksForLoad ask for load};
   * those of others come before it.
   */
  public static final UUID FIRST_FOR_LOAD = new UUID(Long.MIN_VALUE, 0);

  /** Who may be offered the task. */
  public sealed interface Whom {

    /** Any member of the queue. */
    record Anyone() implements Whom {}

    /** Only the member of the queue with this sid or this name; nobody if the task names none. */
    record Known(@Nullable String sid, @Nullable String name) implements Whom {

      private static final Path SID = Path.parse("worker.sid");
      private static final Path NAME = Path.parse("worker.friendly_name");

      public boolean is(Scope worker) {
        return (sid != null && sid.equals(worker.value(SID)))
            || (name != null && name.equals(worker.value(NAME)));
      }
    }

    /** Exactly this worker, member or not, whatever else the step asks for. */
    record Direct(String sid, boolean ignoreCapacity) implements Whom {}
  }

  public static Demand of(
      Step step,
      TaskChannelSid channel,
      TaskSid task,
      int priority,
      Attributes attributes,
      @Nullable String routingTarget,
      boolean ignoreCapacity) {
    var scope =
        Scope.task(attributes, BuiltIns.of(Map.of("sid", task.value(), "priority", priority)));
    var target = step.target();
    var expression = target == null ? null : target.expression();
    return new Demand(
        step.queue(),
        channel,
        whom(target == null ? null : target.knownWorker(), scope, routingTarget, ignoreCapacity),
        expression == null ? null : expression.given(scope),
        target == null ? null : target.orderBy(),
        target == null ? null : target.skipIf(),
        null);
  }

  /** The same from anybody but this worker; null for no exception. */
  Demand except(@Nullable WorkerSid worker) {
    return worker == null
        ? this
        : new Demand(queue, channel, whom, workers, orderBy, skipIf, worker.value());
  }

  private static Whom whom(
      @Nullable KnownWorker known,
      Scope task,
      @Nullable String routingTarget,
      boolean ignoreCapacity) {
    if (routingTarget != null && Sid.is("WK", routingTarget)) {
      return new Whom.Direct(routingTarget, ignoreCapacity);
    }
    return switch (known) {
      case null -> new Whom.Anyone();
      case KnownWorker.BySid bySid -> new Whom.Known(text(bySid, task), null);
      case KnownWorker.ByFriendlyName byName -> new Whom.Known(null, text(byName, task));
    };
  }

  private static @Nullable String text(KnownWorker known, Scope task) {
    return task.value(known.reference()) instanceof String text ? text : null;
  }

  /**
   * The class of tasks that are equal for matching. A task that must be looked at on its own (its
   * step has still to be asked whether to skip, workers declined it, or its worker expression
   * depends on the passing time) is a class of its own.
   */
  public UUID demandClass(boolean alone) {
    var any = alone || readsPassingTime() ? UUID.randomUUID() : digest();
    var bits = any.getMostSignificantBits();
    var first = FIRST_FOR_LOAD.getMostSignificantBits();
    return new UUID(asksForLoad() ? bits | first : bits & ~first, any.getLeastSignificantBits());
  }

  private UUID digest() {
    var text =
        String.join(
            "\n",
            queue.value(),
            channel.value(),
            whom.toString(),
            workers == null ? "" : workers.canonical(),
            orderBy == null ? "" : orderBy.canonical(),
            Objects.requireNonNullElse(exceptWorker, ""));
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var hash = ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
      return new UUID(hash.getLong(), hash.getLong());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Whether the choice of the worker depends on {@code worker.channel.…}. */
  public boolean readsChannels() {
    return asksForLoad()
        || (orderBy != null
            && orderBy.clauses().stream().map(Clause::path).anyMatch(Demand::isOfChannel));
  }

  /**
   * Whether a worker may come to fit by being given work: {@code workers} depends on {@code
   * worker.channel.…}.
   */
  public boolean asksForLoad() {
    return workers != null && workers.paths().stream().anyMatch(Demand::isOfChannel);
  }

  /** Whether names and attributes tell of some workers that they are not to be chosen. */
  public boolean narrowsByProfile() {
    return whom instanceof Whom.Known || !ofProfile().isEmpty();
  }

  /** Which of those who are ready might be chosen, as far as names and attributes tell. */
  public Predicate<Scope> profiles() {
    var conditions = ofProfile();
    Predicate<Scope> fits =
        worker -> conditions.stream().allMatch(condition -> condition.test(worker));
    return whom instanceof Whom.Known known ? fits.and(known::is) : fits;
  }

  /**
   * Those of the conditions in {@code workers} that depend neither on {@code worker.channel.…} nor
   * on the passing time.
   */
  private List<Expression> ofProfile() {
    if (whom instanceof Whom.Direct) {
      return List.of();
    }
    var conditions =
        switch (workers) {
          case null -> List.<Expression>of();
          case Expression.And all -> all.parts();
          case Expression one -> List.of(one);
        };
    return conditions.stream()
        .filter(
            condition ->
                condition.paths().stream()
                    .noneMatch(path -> isOfChannel(path) || isOfPassingTime(path)))
        .toList();
  }

  private static boolean isOfChannel(Path path) {
    return path.tail().startsWith("channel.");
  }

  private static boolean isOfPassingTime(Path path) {
    return Objects.equals(path.root(), "task");
  }

  private boolean readsPassingTime() {
    return workers != null && workers.paths().stream().anyMatch(Demand::isOfPassingTime);
  }
}
