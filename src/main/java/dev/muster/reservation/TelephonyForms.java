package dev.muster.reservation;

import dev.muster.workspace.ActivitySid;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What goes with the instructions that make calls. It is checked and documented, and whatever it
 * says the instruction is refused: no telephony is connected to this service.
 */
final class TelephonyForms {

  private static final int LONGEST_ADDRESS = 2_048;

  private TelephonyForms() {}

  /** How a callback is made. */
  enum Method {
    GET,
    POST
  }

  /** What a call goes through. */
  enum CallEvent {
    INITIATED("initiated"),
    RINGING("ringing"),
    ANSWERED("answered"),
    COMPLETED("completed");

    private final String wireName;

    CallEvent(String wireName) {
      this.wireName = wireName;
    }

    @Override
    public String toString() {
      return wireName;
    }
  }

  /** What happens in a conference. */
  enum ConferenceEvent {
    START("start"),
    END("end"),
    JOIN("join"),
    LEAVE("leave"),
    MUTE("mute"),
    HOLD("hold"),
    SPEAKER("speaker");

    private final String wireName;

    ConferenceEvent(String wireName) {
      this.wireName = wireName;
    }

    @Override
    public String toString() {
      return wireName;
    }
  }

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
      @Nullable @Min(1) Integer dequeueTimeout,
      @Nullable @Size(max = LONGEST_ADDRESS) String dequeueTo,
      @Nullable URI dequeueStatusCallbackUrl,
      List<CallEvent> dequeueStatusCallbackEvent) {}

  /** With {@code Instruction=call}. */
  record Call(
      @Nullable @Size(max = LONGEST_ADDRESS) String callFrom,
      @Nullable @Size(max = 64) String callRecord,
      @Nullable @Min(1) Integer callTimeout,
      @Nullable @Size(max = LONGEST_ADDRESS) String callTo,
      @Nullable URI callUrl,
      @Nullable URI callStatusCallbackUrl,
      @Nullable Boolean callAccept) {}

  /** With {@code Instruction=redirect}. */
  record Redirect(
      @Nullable
          @Pattern(
              regexp = "(CA[0-9a-fA-F]{32})?",
              message = "a SID of the form CA followed by 32 hexadecimal digits")
          String redirectCallSid,
      @Nullable URI redirectUrl,
      @Nullable Boolean redirectAccept) {}

  /** With {@code Instruction=conference}. */
  record Conference(
      @Valid Participant participant,
      @Valid Room room,
      @Valid Recording recording,
      @Nullable ActivitySid postWorkActivitySid) {}

  /** The worker's leg of a conference. */
  record Participant(
      @Nullable @Size(max = LONGEST_ADDRESS) String to,
      @Nullable @Size(max = LONGEST_ADDRESS) String from,
      @Nullable @Min(1) Integer timeout,
      @Nullable URI statusCallback,
      @Nullable Method statusCallbackMethod,
      List<CallEvent> statusCallbackEvent,
      @Nullable Boolean muted,
      @Nullable
          @Pattern(
              regexp = "(true|false|onEnter|onExit)?",
              message = "true, false, onEnter or onExit")
          String beep,
      @Nullable Boolean earlyMedia,
      @Nullable @Size(max = 256) String sipAuthUsername,
      @Nullable @Size(max = 256) String sipAuthPassword,
      @Nullable
          @Pattern(regexp = "(small|medium|large|off)?", message = "small, medium, large or off")
          String jitterBufferSize) {}

  /** The conference itself. */
  record Room(
      @Nullable Boolean startConferenceOnEnter,
      @Nullable Boolean endConferenceOnExit,
      @Nullable Boolean endConferenceOnCustomerExit,
      @Nullable Boolean beepOnCustomerEntrance,
      @Nullable URI waitUrl,
      @Nullable Method waitMethod,
      @Nullable @Min(2) @Max(250) Integer maxParticipants,
      @Nullable URI conferenceStatusCallback,
      @Nullable Method conferenceStatusCallbackMethod,
      List<ConferenceEvent> conferenceStatusCallbackEvent,
      @Nullable
          @Pattern(
              regexp = "(us1|us2|ie1|de1|sg1|br1|au1|jp1)?",
              message = "us1, us2, ie1, de1, sg1, br1, au1 or jp1")
          String region) {}

  /** What is recorded of a conference. */
  record Recording(
      @Nullable Boolean record,
      @Nullable
          @Pattern(
              regexp = "(true|false|record-from-start|do-not-record)?",
              message = "true, false, record-from-start or do-not-record")
          String conferenceRecord,
      @Nullable
          @Pattern(regexp = "(trim-silence|do-not-trim)?", message = "trim-silence or do-not-trim")
          String conferenceTrim,
      @Nullable @Pattern(regexp = "(mono|dual)?", message = "mono or dual")
          String recordingChannels,
      @Nullable URI recordingStatusCallback,
      @Nullable Method recordingStatusCallbackMethod,
      @Nullable URI conferenceRecordingStatusCallback,
      @Nullable Method conferenceRecordingStatusCallbackMethod) {}

  /** With {@code Instruction=supervise}. */
  record Supervise(
      @Nullable SupervisorMode supervisorMode,
      @Nullable @Size(max = LONGEST_ADDRESS) String supervisor) {}
}
