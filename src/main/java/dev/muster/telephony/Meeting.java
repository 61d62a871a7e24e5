package dev.muster.telephony;

import dev.muster.telephony.Connection.Conference;
import org.jspecify.annotations.Nullable;

/** What the Calls API is told about the two legs of a conference. */
final class Meeting {

  private Meeting() {}

  static Fields workerCall(Conference wanted, Fields line) {
    var participant = wanted.participant();
    var recording = wanted.recording();
    return line.with("RecordingChannels", recording.recordingChannels())
        .with("RecordingStatusCallback", recording.recordingStatusCallback())
        .with("RecordingStatusCallbackMethod", recording.recordingStatusCallbackMethod())
        .with("SipAuthUsername", participant.sipAuthUsername())
        .with("SipAuthPassword", participant.sipAuthPassword())
        .with("Twiml", worker(wanted));
  }

  private static Twiml worker(Conference wanted) {
    return room(wanted)
        .with("muted", wanted.participant().muted())
        .with("beep", wanted.participant().beep())
        .with("startConferenceOnEnter", wanted.options().startConferenceOnEnter())
        .with("endConferenceOnExit", wanted.options().endConferenceOnExit())
        .with("jitterBufferSize", wanted.participant().jitterBufferSize());
  }

  static Twiml customer(Conference wanted) {
    return room(wanted)
        .with("beep", wanted.options().beepOnCustomerEntrance())
        .with("endConferenceOnExit", wanted.options().endConferenceOnCustomerExit());
  }

  /** Said by both legs: the first to come makes the room. */
  private static Twiml room(Conference wanted) {
    var options = wanted.options();
    var recording = wanted.recording();
    return Twiml.conference(wanted.room())
        .with("waitUrl", options.waitUrl())
        .with("waitMethod", options.waitMethod())
        .with("maxParticipants", options.maxParticipants())
        .with("region", options.region())
        .with("record", recorded(recording.conferenceRecord()))
        .with("trim", recording.conferenceTrim())
        .with("statusCallback", options.conferenceStatusCallback())
        .with("statusCallbackMethod", options.conferenceStatusCallbackMethod())
        .withAll("statusCallbackEvent", options.conferenceStatusCallbackEvent())
        .with("recordingStatusCallback", recording.conferenceRecordingStatusCallback())
        .with("recordingStatusCallbackMethod", recording.conferenceRecordingStatusCallbackMethod());
  }

  /** The wire format also takes true and false, the conference does not. */
  private static @Nullable String recorded(@Nullable String conferenceRecord) {
    return switch (conferenceRecord) {
      case null -> null;
      case "true" -> "record-from-start";
      case "false" -> "do-not-record";
      default -> conferenceRecord;
    };
  }
}
