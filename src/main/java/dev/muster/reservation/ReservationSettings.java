package dev.muster.reservation;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param setUpsPerAccount reservations of one account for which a node sets calls up at once; more
 *     than the callbacks that it has on their way at once, whose answers may ask for calls
 */
@ConfigurationProperties("muster.reservation")
record ReservationSettings(@DefaultValue("128") int setUpsPerAccount) {

  ReservationSettings {
    if (setUpsPerAccount < 1) {
      throw new IllegalArgumentException(
          "Expected muster.reservation.set-ups-per-account to be at least 1, but it is %d"
              .formatted(setUpsPerAccount));
    }
  }
}
