package dev.muster.telephony;

import dev.muster.account.AccountSid;

/** Makes telephone calls for accounts. */
public interface Telephony {

  /** Whether calls can be made for the account. */
  boolean connects(AccountSid account);

  /**
   * Makes a connection and waits until the calls are on their way, not until anybody answers them.
   * If only a part of it could be made, that part is ended again. Takes seconds: never call it in a
   * transaction.
   */
  Outcome connect(AccountSid account, Connection wanted);
}
