package dev.muster.webhook;

import dev.muster.event.EventSid;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What callers say about deliveries. */
final class EventDeliveryForms {

  private EventDeliveryForms() {}

  /** Which deliveries a list is to hold; what is absent does not narrow it. */
  record EventDeliveryFilter(
      @Nullable EventDeliveryStatus status,
      @Nullable EventSid eventSid,
      @Nullable String eventType,
      @Nullable Instant startDate,
      @Nullable Instant endDate) {}

  /**
   * Which deliveries are to be sent again: those of the events of a time, that are over.
   *
   * @param endDate now unless given
   */
  record Replay(
      @NotNull Instant startDate,
      @Nullable Instant endDate,
      @Nullable EventDeliveryStatus status,
      @Nullable String eventType) {}
}
