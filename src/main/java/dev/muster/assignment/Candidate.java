package dev.muster.assignment;

import dev.muster.worker.WorkerSid;
import java.time.Instant;
import java.util.Comparator;

/**
 * A worker who could be offered a task of some queue on some channel.
 *
 * @param version tells whether the worker has changed since
 * @param attributesVersion tells whether attributes read before are still the worker's
 * @param idleSince when the worker last was given a task
 * @param channelIdleSince when the worker last was given a task on this channel
 * @param free units of capacity that are free on this channel
 */
record Candidate(
    WorkerSid sid,
    String name,
    String activitySid,
    int version,
    int attributesVersion,
    Instant idleSince,
    Instant channelIdleSince,
    int free) {

  /** The longest idle first, by the time on the channel if so asked. */
  static Comparator<Candidate> longestIdle(boolean byChannel) {
    return Comparator.comparing(
            (Candidate candidate) ->
                byChannel ? candidate.channelIdleSince() : candidate.idleSince())
        .thenComparing(candidate -> candidate.sid().value());
  }

  /** The same worker, given a task meanwhile. */
  Candidate idleSince(Instant since, Instant onChannelSince) {
    return new Candidate(
        sid, name, activitySid, version, attributesVersion, since, onChannelSince, free);
  }
}
