package dev.muster.account;

/** The status or token of an account changed. */
record AccountChanged(AccountSid account) {}
