package dev.muster.callback;

import dev.muster.account.AccountSid;
import dev.muster.delivery.DeliverySid;
import dev.muster.delivery.Lane;
import dev.muster.reservation.ReservationSid;
import dev.muster.workspace.WorkspaceSid;
import java.net.URI;

/**
 * A delivery that this node alone may send, for a while.
 *
 * @param number rises with every claim, so that a former one can be told from this
 */
record Claim(
    WorkspaceSid workspace,
    DeliverySid sid,
    Lane lane,
    ReservationSid reservation,
    URI url,
    int number) {

  AccountSid account() {
    return lane.account();
  }
}
