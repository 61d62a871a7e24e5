package dev.muster.event;

/**
 * A workspace's own system is to be told of events; published inside the transaction, only where
 * the workspace has named one.
 */
public record DeliveriesQueued(String workspaceSid) {}
