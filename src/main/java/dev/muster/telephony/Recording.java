package dev.muster.telephony;

import jakarta.validation.constraints.Pattern;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What a tenant may say about the recordings of a conference. */
public record Recording(
    @Nullable Boolean record,
    @Nullable
        @Pattern(
            regexp = "(true|false|record-from-start|do-not-record)?",
            message = "true, false, record-from-start or do-not-record")
        String conferenceRecord,
    @Nullable
        @Pattern(regexp = "(trim-silence|do-not-trim)?", message = "trim-silence or do-not-trim")
        String conferenceTrim,
    @Nullable @Pattern(regexp = "(mono|dual)?", message = "mono or dual") String recordingChannels,
    @Nullable URI recordingStatusCallback,
    @Nullable Method recordingStatusCallbackMethod,
    @Nullable URI conferenceRecordingStatusCallback,
    @Nullable Method conferenceRecordingStatusCallbackMethod) {}
