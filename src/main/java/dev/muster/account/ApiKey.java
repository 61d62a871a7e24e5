package dev.muster.account;

import java.time.Instant;

/** A credential of an account that can be withdrawn without touching the others. */
public record ApiKey(KeySid sid, String friendlyName, Instant createdAt, Instant updatedAt) {}
