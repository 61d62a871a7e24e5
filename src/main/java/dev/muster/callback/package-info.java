/**
 * Tells a workflow's own system about its offers, and does what that answers.
 *
 * <pre>
 * offer, in its transaction   →  {@code CallbackOutbox}: a row of {@code callback_delivery}
 * after the commit            →  {@code Dispatcher}: claims rows, a few at once per target
 * on a virtual thread         →  {@code Delivering}: posts, reads the answer, acts, writes down what came of it
 * </pre>
 *
 * <p>Nothing waits for it: neither the matching round that made the offer nor a request. Every node
 * sends; a row is claimed by one of them, and by another when that one is gone.
 */
@ApplicationModule(
    allowedDependencies = {
      "web",
      "account",
      "workspace",
      "workflow",
      "task",
      "reservation",
      "callout",
      "delivery"
    })
@NullMarked
package dev.muster.callback;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
