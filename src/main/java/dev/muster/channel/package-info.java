/**
 * The live line to those who do the work and those who watch it: the worker SDK's websocket and its
 * command channel, both at {@code /v1/wschannels} and opened with signed tokens, and the stream of
 * events for supervisors.
 *
 * <p>A {@link dev.muster.channel.Pass} says what a token allows. {@link
 * dev.muster.channel.CommandController} serves commands: it reads on its own and sends changes
 * through the v1 interface, so that both doors refuse the same. {@link
 * dev.muster.channel.Switchboard} brings the feed's events to the sockets of this node.
 *
 * <p>What the SDK is sent are the payloads. It wants every key, and instants as whole seconds since
 * 1970, but for {@code last_reserved_time}, which is in milliseconds.
 */
@ApplicationModule(
    allowedDependencies = {
      "web",
      "account",
      "workspace",
      "worker",
      "queue",
      "workflow",
      "task",
      "reservation",
      "event"
    })
@NullMarked
package dev.muster.channel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
