package dev.muster.chaos;

/**
 * What becomes of a task. The few that are not just done keep timers and every stage of the process
 * busy, and some of each stage are left when all else has ended.
 */
enum Kind {
  /** Is accepted and completed. */
  USUAL("completed"),
  /** Is wrapped up before it is completed. */
  WRAPS("completed"),
  /** The first worker rejects it. */
  DECLINED("completed"),
  /** The first worker does not answer, and a timer has to end the offer. */
  LAPSES("completed"),
  /** Nobody is in its first queue, and a timer has to move it to the next. */
  ESCALATES("completed"),
  /** Nobody is in its queue, and a timer has to cancel it. */
  EXPIRES("canceled"),
  /** Nobody is in its queue, and its creator cancels it; should that fail, a timer does. */
  CANCELED("canceled"),
  /** Nobody is in its queue, and it waits on. */
  WAITS("pending"),
  /** Its offer has a day and is never answered. */
  OFFERED("reserved"),
  /** Its worker never finishes. */
  KEPT("assigned"),
  /** Its worker never finishes the wrap-up. */
  WRITTEN_UP("wrapping");

  private static final int ROUND = 400;
  private static final Kind[] TIMED = {WRAPS, DECLINED, LAPSES, ESCALATES, EXPIRES, CANCELED};
  private static final Kind[] LEFT = {WAITS, OFFERED, KEPT, WRITTEN_UP};

  private final String rest;

  Kind(String rest) {
    this.rest = rest;
  }

  /** The task's status when all is over. */
  String rest() {
    return rest;
  }

  /** Of the task of that number: of 400, 4 are left somewhere and 50 take a detour. */
  static Kind of(long number) {
    var place = (int) (number % ROUND);
    if (place % 8 == 1) {
      return TIMED[place / 8 % TIMED.length];
    }
    return place % 100 == 50 ? LEFT[place / 100] : USUAL;
  }
}
