package dev.muster.account;

/** A new account with its token, the only time that it is shown. */
record IssuedAccount(Account account, Secret authToken) {}
