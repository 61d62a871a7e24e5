package dev.muster.callback;

import dev.muster.reservation.Instructions;
import dev.muster.reservation.Reservations;
import dev.muster.web.Refused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.node.ObjectNode;

/** Acts upon what came of a delivery, and writes it down. */
@Component
class Settling {

  private static final Logger LOG = LoggerFactory.getLogger(Settling.class);

  private final Claims claims;
  private final Reservations reservations;
  private final Instructions instructions;
  private final ApplicationEventPublisher publisher;

  Settling(
      Claims claims,
      Reservations reservations,
      Instructions instructions,
      ApplicationEventPublisher publisher) {
    this.claims = claims;
    this.reservations = reservations;
    this.instructions = instructions;
    this.publisher = publisher;
  }

  /** There was no answer: the fallback is asked, or the reservation canceled if there is none. */
  @Transactional
  void failed(Claim claim, Ending ending) {
    if (!claims.end(claim, DeliveryStatus.FAILED, ending)) {
      return;
    }
    LOG.info("Callback {} of reservation {} failed", claim.sid(), claim.reservation());
    if (claims.queueFallback(claim)) {
      publisher.publishEvent(new FallbackQueued(claim.workspace()));
    } else {
      reservations.cancel(claim.workspace(), claim.reservation());
    }
  }

  /** The answer asks for nothing, or what it asks for is done. */
  void delivered(Claim claim, Ending ending) {
    if (claims.end(claim, DeliveryStatus.DELIVERED, ending)) {
      LOG.info(
          "Callback {} of reservation {} delivered in {} ms",
          claim.sid(),
          claim.reservation(),
          ending.took().toMillis());
    }
  }

  /**
   * The answer is an instruction. Not in one transaction: it may take calls, which take seconds. If
   * this node ends between the two, the delivery is dropped by the next, since the reservation has
   * been answered.
   */
  void instructed(Claim claim, Ending ending, ObjectNode document) {
    var said = ending.saying(document.path("instruction").asString(""));
    try {
      instructions.carryOut(claim.workspace(), claim.reservation(), document);
      delivered(claim, said);
    } catch (Refused refused) {
      delivered(claim, said.but(refused.code(), String.valueOf(refused.getMessage())));
    }
  }
}
