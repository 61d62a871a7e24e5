/**
 * Tells workspaces' own systems what happens.
 *
 * <pre>
 * event, in its transaction   →  {@code event.Events}: a row of {@code event_delivery}, in the statement of the event
 * after the commit            →  {@code WebhookDispatcher}: claims streams, a few at once per workspace
 * on a virtual thread         →  {@code EventTelling}: posts the events of a task one after the other
 * many at once                →  {@code Ledger}: writes down what came of them
 * </pre>
 *
 * <p>A stream is what is due of one task, or of one resource that is no part of a task's way. Every
 * node tells; a stream is claimed by one of them, and by another when that one is gone.
 */
@ApplicationModule(
    allowedDependencies = {"web", "account", "workspace", "event", "callout", "delivery"})
@NullMarked
package dev.muster.webhook;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
