/**
 * Telephone calls. {@link dev.muster.telephony.Telephony} is what the rest asks for a {@link
 * dev.muster.telephony.Connection}; {@code TwilioTelephony} has it made by the Calls API of the
 * account that a tenant {@linkplain dev.muster.telephony.PhoneAccounts connected}. To have calls
 * made by something else, provide another bean and mark it {@code @Primary}.
 *
 * <p>Knows no task, worker or reservation.
 */
@ApplicationModule(allowedDependencies = {"web", "account", "callout"})
@NullMarked
package dev.muster.telephony;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
