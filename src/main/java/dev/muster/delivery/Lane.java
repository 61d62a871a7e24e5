package dev.muster.delivery;

import dev.muster.account.AccountSid;

/**
 * Deliveries that wait for each other if there are many, and for no others.
 *
 * @param target whom they go to, in the words of who sends them
 */
public record Lane(AccountSid account, String target) {}
