package dev.muster.reservation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
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

  static Instruction of(String name) {
    return Arrays.stream(values())
        .filter(instruction -> instruction.wireName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "one of " + Arrays.stream(values()).map(Instruction::wireName).toList()));
  }

  @JsonValue
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The wire format's code for an instruction whose call could not be made; 0 for those that make
   * none.
   */
  int failure() {
    return failure;
  }
}
