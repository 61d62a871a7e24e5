package dev.muster.telephony;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a tenant may say about the worker's leg of a conference. */
public record Participant(
    @Nullable @Size(max = 2_048) String to,
    @Nullable @Size(max = 2_048) String from,
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
