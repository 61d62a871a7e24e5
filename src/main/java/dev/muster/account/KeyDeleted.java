package dev.muster.account;

/** An API key is no longer valid. */
record KeyDeleted(KeySid key) {}
