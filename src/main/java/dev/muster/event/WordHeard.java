package dev.muster.event;

/**
 * A word of some node, this one included, reached this node. Published outside any transaction.
 *
 * @param topic what the word is about; hearers pass over the topics of others
 */
public record WordHeard(String topic, String text) {}
