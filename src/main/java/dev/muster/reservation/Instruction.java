package dev.muster.reservation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a caller tells the service to do with a reservation. */
enum Instruction {
  ACCEPT(0),
  REJECT(0),
  DEQUEUE(40133),
  CALL(40113),
  REDIRECT(40122),
  CONFERENCE(40145),
  SUPERVISE(40148);

  private final int failure;

  Instruction(int failure) {
    this.failure = failure;
  }

  @JsonValue
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return wireName();
  }

  /**
   * The wire format's code for an instruction whose call could not be made; 0 for those that make
   * none.
   */
  int failure() {
    return failure;
  }
}
