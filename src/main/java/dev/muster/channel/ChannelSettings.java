package dev.muster.channel;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param beatEvery how often every socket and stream gets a sign of life, and every socket's token
 *     is checked again; the worker SDK reconnects after 30 s without one
 * @param framesBehind how many frames a socket may be behind before it is closed
 * @param goneAfter how long after the end of its last socket a worker counts as gone
 * @param streamFor how long a stream of events lasts before its reader has to come again with
 *     credentials that still hold
 * @param socketsPerWorker sockets that a worker may have at once on one node; one more ends its
 *     oldest
 * @param socketsPerAccount sockets that an account's workers may have at once on one node; more are
 *     answered with 429
 * @param streamsPerAccount streams of events that an account may read at once from one node
 */
@ConfigurationProperties("muster.channel")
record ChannelSettings(
    @DefaultValue("15s") Duration beatEvery,
    @DefaultValue("1000") int framesBehind,
    @DefaultValue("60s") Duration goneAfter,
    @DefaultValue("15m") Duration streamFor,
    @DefaultValue("10") int socketsPerWorker,
    @DefaultValue("5000") int socketsPerAccount,
    @DefaultValue("100") int streamsPerAccount) {}
