package dev.muster.bench;

import dev.muster.local.Caller;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The way of one task, as its tenant and its worker call for it. */
final class Lifecycle {

  /**
   * How long the calls took.
   *
   * @param offer from the answer to the creation until a list shows the reservation
   * @param seen from the request for the creation until a list shows the reservation
   * @param looks how often a list was asked for
   */
  record Times(
      Percentiles create,
      Percentiles offer,
      Percentiles accept,
      Percentiles complete,
      Percentiles seen,
      AtomicLong looks) {

    Times() {
      this(
          new Percentiles(),
          new Percentiles(),
          new Percentiles(),
          new Percentiles(),
          new Percentiles(),
          new AtomicLong());
    }
  }

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Caller caller;
  private final Workplace workplace;
  private final Duration betweenLooks;
  private final Duration workerPause;
  private final AtomicLong number = new AtomicLong();

  /**
   * @param betweenLooks how long to wait before looking for the offer again
   * @param workerPause before accepting, and again before completing
   */
  Lifecycle(Caller caller, Workplace workplace, Duration betweenLooks, Duration workerPause) {
    this.caller = caller;
    this.workplace = workplace;
    this.betweenLooks = betweenLooks;
    this.workerPause = workerPause;
  }

  /**
   * Takes a task from its creation to its end.
   *
   * @return the sid of its reservation
   * @throws IllegalStateException if any call is refused
   */
  String run(Times times) {
    var began = System.nanoTime();
    var task = create();
    var created = System.nanoTime();
    var offer = awaitOffer(task, times);
    var offered = System.nanoTime();
    LockSupport.parkNanos(workerPause.toNanos());
    var accepting = System.nanoTime();
    accept(offer);
    var accepted = System.nanoTime();
    LockSupport.parkNanos(workerPause.toNanos());
    var completing = System.nanoTime();
    complete(task);
    var completed = System.nanoTime();
    times.create().add(created - began);
    times.offer().add(offered - created);
    times.accept().add(accepted - accepting);
    times.complete().add(completed - completing);
    times.seen().add(offered - began);
    return offer.text("sid").orElseThrow();
  }

  private String create() {
    return caller
        .post(
            workplace.path() + "/Tasks",
            "WorkflowSid",
            workplace.workflowSid(),
            "Attributes",
            Workplace.attributes(number.getAndIncrement()))
        .text("sid")
        .orElseThrow();
  }

  private Caller.Answer awaitOffer(String task, Times times) {
    var until = System.nanoTime() + PATIENCE.toNanos();
    var offer = offer(task, times);
    while (offer.isEmpty()) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("Expected task %s to be offered".formatted(task));
      }
      LockSupport.parkNanos(betweenLooks.toNanos());
      offer = offer(task, times);
    }
    return offer.get();
  }

  private Optional<Caller.Answer> offer(String task, Times times) {
    times.looks().incrementAndGet();
    return Optional.of(caller.get(workplace.path() + "/Tasks/" + task + "/Reservations"))
        .filter(answer -> answer.text("worker_sid").isPresent());
  }

  private void accept(Caller.Answer offer) {
    var worker = offer.text("worker_sid").orElseThrow();
    var reservation = offer.text("sid").orElseThrow();
    caller.post(
        workplace.path() + "/Workers/" + worker + "/Reservations/" + reservation,
        "ReservationStatus",
        "accepted");
  }

  private void complete(String task) {
    caller.post(workplace.path() + "/Tasks/" + task, "AssignmentStatus", "completed");
  }
}
