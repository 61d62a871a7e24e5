package dev.muster.telephony;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a tenant may say about a conference itself. */
public record Room(
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
