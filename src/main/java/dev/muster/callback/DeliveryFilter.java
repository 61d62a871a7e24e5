package dev.muster.callback;

import dev.muster.reservation.ReservationSid;
import org.jspecify.annotations.Nullable;

/** Which deliveries a list is to hold; what is absent does not narrow it. */
record DeliveryFilter(@Nullable DeliveryStatus status, @Nullable ReservationSid reservationSid) {}
