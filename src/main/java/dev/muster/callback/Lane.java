package dev.muster.callback;

import dev.muster.account.AccountSid;

/**
 * Deliveries that wait for each other if there are many, and for no others.
 *
 * @param target scheme, host and port that they go to
 */
record Lane(AccountSid account, String target) {}
