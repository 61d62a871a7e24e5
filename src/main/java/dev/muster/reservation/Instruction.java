package dev.muster.reservation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a caller tells the service to do with a reservation. */
enum Instruction {
  ACCEPT(20001, 20001, 20001),
  REJECT(20001, 20001, 20001),
  DEQUEUE(40133, 40135, 40135),
  CALL(40113, 40114, 40114),
  REDIRECT(40122, 40123, 40123),
  CONFERENCE(40145, 40136, 40144),
  SUPERVISE(40148, 40146, 40146);

  private final int failure;
  private final int tooLate;
  private final int overtaken;

  Instruction(int failure, int tooLate, int overtaken) {
    this.failure = failure;
    this.tooLate = tooLate;
    this.overtaken = overtaken;
  }

  @JsonValue
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return wireName();
  }

  boolean makesCalls() {
    return this != ACCEPT && this != REJECT;
  }

  /** The wire format's code for an instruction whose call could not be made. */
  int failure() {
    return failure;
  }

  /** The wire format's code for an instruction about a reservation that is no longer pending. */
  int tooLate() {
    return tooLate;
  }

  /** The wire format's code for one that ceased to be pending while calls were set up. */
  int overtaken() {
    return overtaken;
  }
}
