package dev.muster.reservation;

import dev.muster.reservation.Directive.ByTelephone;
import dev.muster.telephony.CallEvent;
import dev.muster.telephony.Participant;
import dev.muster.telephony.Recording;
import dev.muster.telephony.Room;
import dev.muster.workspace.ActivitySid;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What goes with the instructions that make calls. */
final class TelephonyForms {

  private static final int LONGEST_ADDRESS = 2_048;

  private TelephonyForms() {}

  /** How a supervisor takes part. */
  enum SupervisorMode {
    MONITOR("monitor"),
    WHISPER("whisper"),
    BARGE("barge");

    private final String wireName;

    SupervisorMode(String wireName) {
      this.wireName = wireName;
    }

    @Override
    public String toString() {
      return wireName;
    }
  }

  /** With {@code Instruction=dequeue}. */
  record Dequeue(
      @Nullable ActivitySid dequeuePostWorkActivitySid,
      @Nullable @Size(max = LONGEST_ADDRESS) String dequeueFrom,
      @Nullable
          @Pattern(
              regexp = "(record-from-answer|do-not-record)?",
              message = "record-from-answer or do-not-record")
          String dequeueRecord,
      @Nullable @Min(1) @Max(999) Integer dequeueTimeout,
      @Nullable @Size(max = LONGEST_ADDRESS) String dequeueTo,
      @Nullable URI dequeueStatusCallbackUrl,
      List<CallEvent> dequeueStatusCallbackEvent)
      implements ByTelephone {

    @Override
    public Instruction instruction() {
      return Instruction.DEQUEUE;
    }
  }

  /** With {@code Instruction=call}. */
  record Call(
      @Nullable @Size(max = LONGEST_ADDRESS) String callFrom,
      @Nullable @Size(max = 64) String callRecord,
      @Nullable @Min(1) Integer callTimeout,
      @Nullable @Size(max = LONGEST_ADDRESS) String callTo,
      @Nullable URI callUrl,
      @Nullable URI callStatusCallbackUrl,
      @Nullable Boolean callAccept)
      implements ByTelephone {

    @Override
    public Instruction instruction() {
      return Instruction.CALL;
    }
  }

  /** With {@code Instruction=redirect}. */
  record Redirect(
      @Nullable
          @Pattern(
              regexp = "(CA[0-9a-fA-F]{32})?",
              message = "a SID of the form CA followed by 32 hexadecimal digits")
          String redirectCallSid,
      @Nullable URI redirectUrl,
      @Nullable Boolean redirectAccept)
      implements ByTelephone {

    @Override
    public Instruction instruction() {
      return Instruction.REDIRECT;
    }
  }

  /** With {@code Instruction=conference}. */
  record Conference(
      @Valid Participant participant,
      @Valid Room room,
      @Valid Recording recording,
      @Nullable ActivitySid postWorkActivitySid)
      implements ByTelephone {

    @Override
    public Instruction instruction() {
      return Instruction.CONFERENCE;
    }
  }

  /** With {@code Instruction=supervise}. */
  record Supervise(
      @Nullable SupervisorMode supervisorMode,
      @Nullable @Size(max = LONGEST_ADDRESS) String supervisor)
      implements Directive {

    @Override
    public Instruction instruction() {
      return Instruction.SUPERVISE;
    }
  }
}
