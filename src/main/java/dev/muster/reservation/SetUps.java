package dev.muster.reservation;

import dev.muster.account.AccountSid;
import dev.muster.reservation.Directive.ByTelephone;
import dev.muster.web.IfMatch;
import dev.muster.web.Refusal;
import dev.muster.web.Refused;
import dev.muster.workspace.Tenants;
import dev.muster.workspace.WorkspaceSid;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The calls that this node is setting up: for so many reservations of an account at once. */
@Component
class SetUps {

  private final Map<AccountSid, Integer> underWay = new ConcurrentHashMap<>();
  private final Calling calling;
  private final Tenants tenants;
  private final ReservationSettings settings;

  SetUps(Calling calling, Tenants tenants, ReservationSettings settings) {
    this.calling = calling;
    this.tenants = tenants;
    this.settings = settings;
  }

  /**
   * Carries the instruction out, as {@link Calling} does.
   *
   * @throws Refused also with 429 if the account has too many set up already
   */
  Reservation carryOut(
      WorkspaceSid workspace, ReservationSid sid, ByTelephone directive, IfMatch match) {
    var account = tenants.owner(workspace).orElseThrow(Refused::notFound);
    enter(account);
    try {
      return calling.carryOut(account, workspace, sid, directive, match);
    } finally {
      leave(account);
    }
  }

  private void enter(AccountSid account) {
    var count = underWay.merge(account, 1, Integer::sum);
    if (count > settings.setUpsPerAccount()) {
      leave(account);
      throw new Refused(
          Refusal.TOO_MANY_REQUESTS,
          "Expected calls for at most %d reservations of account %s to be set up at once, but there are more: wait and ask again"
              .formatted(settings.setUpsPerAccount(), account));
    }
  }

  private void leave(AccountSid account) {
    underWay.computeIfPresent(account, (sid, count) -> count == 1 ? null : count - 1);
  }
}
