/**
 * Requests that Muster makes to addresses tenants chose. {@link dev.muster.callout.Callouts} sends
 * a form and says what came back, within limits of time and size, and only to addresses that the
 * {@linkplain dev.muster.callout.CalloutSettings operator} lets tenants reach; {@link
 * dev.muster.callout.Signature} lets the receiver check who sent it.
 *
 * <p>Knows neither what is sent nor why: whoever tells tenants something builds on it.
 */
@ApplicationModule(allowedDependencies = {"account"})
@NullMarked
package dev.muster.callout;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
