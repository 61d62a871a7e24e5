package dev.muster.account;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/** Sees to the configured first account before the first request can come. */
@Component
class FirstAccount implements SmartInitializingSingleton {

  private final Accounts accounts;

  FirstAccount(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public void afterSingletonsInstantiated() {
    accounts.establishFirst();
  }
}
