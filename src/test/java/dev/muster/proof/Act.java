package dev.muster.proof;

import dev.muster.proof.Deed.AnswerOffer;
import dev.muster.proof.Deed.AskForSingleTasking;
import dev.muster.proof.Deed.CreateTask;
import dev.muster.proof.Deed.CreateWorker;
import dev.muster.proof.Deed.DeleteTask;
import dev.muster.proof.Deed.DeleteWorker;
import dev.muster.proof.Deed.EditChannel;
import dev.muster.proof.Deed.EditQueue;
import dev.muster.proof.Deed.EditTask;
import dev.muster.proof.Deed.EditWorker;
import dev.muster.proof.Deed.EditWorkflow;
import dev.muster.proof.Deed.FireReservationTimer;
import dev.muster.proof.Deed.FireTaskTimer;
import dev.muster.proof.Deed.HandOn;
import dev.muster.proof.Deed.LetTimePass;
import dev.muster.proof.Deed.MoveTask;
import dev.muster.proof.Deed.MoveWorker;
import dev.muster.proof.Deed.Sweep;
import dev.muster.proof.Deed.TakeBack;
import dev.muster.proof.Deed.Trespass;
import dev.muster.proof.Snapshot.QueueRow;
import dev.muster.proof.Snapshot.ReservationRow;
import dev.muster.proof.Snapshot.TaskRow;
import dev.muster.proof.Snapshot.TransferRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a deed: what it is done to is chosen by numbers from what there is when it comes to
 * it, so that a sequence of plans makes sense whatever is left out of it.
 *
 * @param ours whether it is about the first tenant's workspace
 */
record Act(boolean ours, Verb verb, int a, int b, int c, int d) {

  /** What is done, each so many times in a hundred. */
  enum Verb {
    CREATE_TASK(15),
    EDIT_TASK(5),
    MOVE_TASK(8),
    DELETE_TASK(3),
    ANSWER(25),
    HAND_ON(5),
    TAKE_BACK(1),
    MOVE_WORKER(8),
    EDIT_WORKER(3),
    CREATE_WORKER(3),
    DELETE_WORKER(2),
    EDIT_CHANNEL(4),
    EDIT_QUEUE(2),
    EDIT_WORKFLOW(1),
    TRESPASS(1),
    SINGLE_TASKING(1),
    TIME(4),
    TIMER(7),
    SWEEP(2);

    private final int share;

    Verb(int share) {
      this.share = share;
    }

    private static final List<Verb> URN =
        Stream.of(values()).flatMap(verb -> Stream.generate(() -> verb).limit(verb.share)).toList();
  }

  private static final int MOST_TASKS = 20;
  static final int MOST_WORKERS = 6;
  private static final List<String> KINDS = List.of("a", "b", "c", "d", "e");
  private static final List<String> CHANNELS = List.of("default", "default", "chat");
  private static final List<Integer> TIMES_TO_LIVE = List.of(25, 90, 600, 600, 86_400);
  private static final List<Integer> STEPS =
      List.of(1, 1, 4, 4, 4, 11, 11, 11, 21, 21, 31, 61, 301, 86_400);
  private static final List<String> MOVES =
      List.of("canceled", "completed", "completed", "wrapping", "pending");
  private static final List<String> ANSWERS =
      List.of("accepted", "accepted", "accepted", "rejected", "wrapping", "completed", "completed");
  private static final List<String> ACTIVITIES =
      List.of("Available", "Available", "Available", "Offline", "Unavailable");

  /** As many plans; they stay with one tenant for a while, and longer with the first. */
  static List<Act> random(Random random, int count) {
    var acts = new ArrayList<Act>();
    var ours = true;
    while (acts.size() < count) {
      ours = random.nextInt(10) > 0 ? ours : random.nextInt(4) > 0;
      acts.add(random(random, ours));
    }
    return acts;
  }

  private static Act random(Random random, boolean ours) {
    return new Act(
        ours,
        Verb.URN.get(random.nextInt(Verb.URN.size())),
        random.nextInt(Integer.MAX_VALUE),
        random.nextInt(Integer.MAX_VALUE),
        random.nextInt(Integer.MAX_VALUE),
        random.nextInt(Integer.MAX_VALUE));
  }

  /** The deed that comes of the plan where things are like this. */
  Deed in(Site site, Snapshot present, Instant now) {
    return switch (verb) {
      case CREATE_TASK ->
          present.tasks().values().stream().filter(each -> !each.hidden(now)).count() < MOST_TASKS
              ? creation(site, present)
              : deletion(present);
      case EDIT_TASK -> edit(present);
      case MOVE_TASK -> move(present);
      case DELETE_TASK -> deletion(present);
      case ANSWER -> answer(site, present);
      case HAND_ON -> handOn(site, present);
      case TAKE_BACK -> takeBack(present);
      case MOVE_WORKER -> new MoveWorker(worker(present), activity(site, b), c % 3 == 0);
      case EDIT_WORKER -> new EditWorker(worker(present), name(b), talent(c));
      case CREATE_WORKER -> new CreateWorker(name(b), talent(c), activity(site, d));
      case DELETE_WORKER -> new DeleteWorker(worker(present));
      case EDIT_CHANNEL -> new EditChannel(worker(present), pick(CHANNELS, b), c % 4, d % 4 > 0);
      case EDIT_QUEUE -> edit(present.queues().get(pick(site.queues(), a)));
      case EDIT_WORKFLOW -> new EditWorkflow(pick(Instructions.ALL, a), b % 2 == 0);
      case TRESPASS -> new Trespass(b % 2 == 0 ? move(present) : answer(site, present));
      case SINGLE_TASKING -> new AskForSingleTasking();
      case TIME -> new LetTimePass(pick(STEPS, a));
      case TIMER -> timer(present, now);
      case SWEEP -> new Sweep();
    };
  }

  private CreateTask creation(Site site, Snapshot present) {
    String target = null;
    if (d % 10 < 2) {
      target = worker(present);
    } else if (d % 10 == 2) {
      target = pick(site.queues(), c);
    }
    return new CreateTask(
        wanted(a), pick(CHANNELS, b), b / 8 % 3, pick(TIMES_TO_LIVE, c), target, d / 16 % 2 == 0);
  }

  private EditTask edit(Snapshot present) {
    var task = task(present);
    return new EditTask(sid(task), wanted(b), c % 3, match(task == null ? 0 : task.version()));
  }

  /** Who is asked already stays asked, so a queue never asks fewer at once than it did. */
  private EditQueue edit(QueueRow queue) {
    var more = d % 8 == 0 && queue.maxReservedWorkers() < MOST_WORKERS ? 1 : 0;
    return new EditQueue(
        queue.sid(),
        pick(Site.TARGET_WORKERS, b),
        c % 2 == 0 ? "FIFO" : "LIFO",
        queue.maxReservedWorkers() + more);
  }

  private MoveTask move(Snapshot present) {
    var task = task(present);
    return new MoveTask(sid(task), pick(MOVES, b), match(task == null ? 0 : task.version()));
  }

  private DeleteTask deletion(Snapshot present) {
    var ended = choose(present.tasks().values(), TaskRow::ended, b % 4 > 0);
    return new DeleteTask(sid(ended), match(ended == null ? 0 : ended.version()));
  }

  private AnswerOffer answer(Site site, Snapshot present) {
    var wanted = pick(ANSWERS, b);
    Predicate<ReservationRow> fits =
        wanted.equals("accepted") || wanted.equals("rejected")
            ? ReservationRow::pending
            : ReservationRow::taken;
    var reservation = choose(present.reservations().values(), fits, c % 4 > 0);
    if (reservation == null) {
      return new AnswerOffer(nobody("WR"), nobody("WT"), wanted, false, null, null);
    }
    var leaves = c / 4 % (wanted.equals("rejected") ? 3 : 6) == 0;
    var answers = wanted.equals("accepted") || wanted.equals("rejected");
    return new AnswerOffer(
        reservation.sid(),
        c / 16 % 2 == 0 ? reservation.task() : reservation.worker(),
        wanted,
        answers && c / 256 % 3 == 0,
        leaves ? activity(site, c / 32) : null,
        match(reservation.version()));
  }

  private HandOn handOn(Site site, Snapshot present) {
    var reservation =
        choose(
            present.reservations().values(), each -> each.status().equals("accepted"), c % 8 > 0);
    var task = reservation == null ? null : present.tasks().get(reservation.task());
    if (reservation == null || task == null) {
      return new HandOn(
          nobody("WK"), nobody("WR"), nobody("WT"), site.workflow(), "WARM", wanted(b));
    }
    var to =
        switch (b % 4) {
          case 0 -> site.workflow();
          case 1 -> pick(site.queues(), b / 4);
          default -> another(present, b / 4);
        };
    return new HandOn(
        c / 8 % 16 == 0 ? nobody("WK") : reservation.worker(),
        reservation.sid(),
        task.sid(),
        to,
        c / 128 % 2 == 0 ? "WARM" : "COLD",
        d % 4 == 0 ? wanted(d / 4) : task.wanted());
  }

  private static String another(Snapshot present, int number) {
    var all = List.copyOf(present.workers().keySet());
    return all.isEmpty() || number % 32 == 0 ? nobody("WK") : pick(all, number / 32);
  }

  private TakeBack takeBack(Snapshot present) {
    var transfer = choose(present.transfers().values(), TransferRow::initiated, b % 4 > 0);
    return transfer == null
        ? new TakeBack(nobody("WK"), nobody("TT"), nobody("WT"))
        : new TakeBack(
            c % 8 == 0 ? worker(present) : transfer.worker(),
            transfer.sid(),
            c / 8 % 8 == 0 ? sid(task(present)) : transfer.task());
  }

  /** What is due first; if nothing is, a timer that fires too early. */
  private Deed timer(Snapshot present, Instant now) {
    var reservation = choose(present.reservations().values(), each -> isDue(each, now), true);
    var task = choose(present.tasks().values(), each -> isDue(each, now), true);
    return reservation != null && (isDue(reservation, now) || b % 2 == 0)
        ? new FireReservationTimer(reservation.sid())
        : new FireTaskTimer(sid(task));
  }

  private static boolean isDue(ReservationRow reservation, Instant now) {
    return reservation.pending() && !reservation.expiresAt().isAfter(now);
  }

  private static boolean isDue(TaskRow task, Instant now) {
    return (task.taken() && isOver(task.assignedUntil(), now))
        || (task.seeks() && isOver(task.expiresAt(), now))
        || (task.waits() && isOver(task.stepExpiresAt(), now));
  }

  private static boolean isOver(@Nullable Instant end, Instant now) {
    return end != null && !end.isAfter(now);
  }

  private @Nullable TaskRow task(Snapshot present) {
    return choose(present.tasks().values(), each -> !each.ended(), a % 8 > 0);
  }

  private String worker(Snapshot present) {
    var all = List.copyOf(present.workers().keySet());
    return all.isEmpty() || a % 32 == 0 ? nobody("WK") : pick(all, a);
  }

  /** One of those that fit; one of all if none does, or if it need not fit. */
  private <T> @Nullable T choose(Collection<T> all, Predicate<T> fits, boolean shallFit) {
    var fitting = shallFit ? all.stream().filter(fits).toList() : List.<T>of();
    var chosenFrom = fitting.isEmpty() ? new ArrayList<>(all) : fitting;
    return chosenFrom.isEmpty() ? null : pick(chosenFrom, a);
  }

  /** Mostly none, sometimes the right one, sometimes another. */
  private @Nullable Integer match(int version) {
    return switch (d % 8) {
      case 0 -> version;
      case 1 -> version + 1;
      default -> null;
    };
  }

  private static String sid(@Nullable TaskRow task) {
    return task == null ? nobody("WT") : task.sid();
  }

  private static String nobody(String prefix) {
    return prefix + "0".repeat(32);
  }

  private static Wanted wanted(int number) {
    return new Wanted(pick(KINDS, number), number / 8 % 4, name(number / 64));
  }

  private static Talent talent(int number) {
    return new Talent(number % 2 == 0 ? "es" : "en", number / 2 % 4);
  }

  private static String name(int number) {
    return "W" + number % MOST_WORKERS;
  }

  private static String activity(Site site, int number) {
    return site.activities().get(pick(ACTIVITIES, number));
  }

  private static <T> T pick(List<T> all, int number) {
    return all.get(number % all.size());
  }
}
