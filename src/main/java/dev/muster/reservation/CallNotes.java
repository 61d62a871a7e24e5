package dev.muster.reservation;

import dev.muster.reservation.Answer.NotPending;
import dev.muster.reservation.Answer.Taken;
import dev.muster.reservation.Answer.TooLate;
import dev.muster.task.TaskAttributes;
import dev.muster.telephony.Connection;
import dev.muster.telephony.Outcome.Made;
import dev.muster.web.IfMatch;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Writes down what calls came to: in the reservation, and in the attributes of its task. */
@Component
class CallNotes {

  private final Reservations reservations;
  private final ReservationRows rows;
  private final TaskAttributes attributes;

  CallNotes(Reservations reservations, ReservationRows rows, TaskAttributes attributes) {
    this.reservations = reservations;
    this.rows = rows;
    this.attributes = attributes;
  }

  /**
   * Accepts the reservation if the plan says so, or else releases it; nothing is noted if it is too
   * late to accept.
   *
   * @param reservation as it was before it was held
   */
  @Transactional
  Answer made(Reservation reservation, CallPlan plan, Made made) {
    var workspace = reservation.workspace();
    var answer =
        plan.accepts()
            ? reservations.accept(workspace, reservation.sid(), new IfMatch.Any())
            : new Taken(reservation);
    return switch (answer) {
      case Taken taken -> {
        if (plan.postWorkActivity() != null) {
          rows.setPostWork(reservation, plan.postWorkActivity());
        }
        attributes.set(workspace, reservation.task(), facts(plan.connection(), made));
        // Once its task is held, as whoever answers it does.
        if (!plan.accepts()) {
          rows.release(reservation);
        }
        yield new Taken(rows.find(workspace, reservation.sid()).orElse(taken.reservation()));
      }
      case TooLate late -> late;
      case NotPending settled -> settled;
    };
  }

  private static Map<String, ?> facts(Connection connection, Made made) {
    var facts = new LinkedHashMap<String, Object>();
    if (made.workerCallSid() != null) {
      facts.put("worker_call_sid", made.workerCallSid());
    }
    if (connection instanceof Connection.Conference conference) {
      var participants = new LinkedHashMap<String, Object>();
      participants.put("worker", made.workerCallSid());
      participants.put("customer", made.customerCallSid());
      facts.put("conference", Map.of("room", conference.room(), "participants", participants));
    }
    return facts;
  }
}
