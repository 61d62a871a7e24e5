package dev.muster.account;

/** A new API key with its secret, the only time that it is shown. */
record IssuedKey(ApiKey key, Secret secret) {}
