package dev.muster.telephony;

import dev.muster.account.AccountSid;
import dev.muster.telephony.Connection.Bridge;
import dev.muster.telephony.Connection.Conference;
import dev.muster.telephony.Connection.Customer;
import dev.muster.telephony.Connection.Dial;
import dev.muster.telephony.Connection.Redirect;
import dev.muster.telephony.Outcome.Failed;
import dev.muster.telephony.Outcome.Made;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Connects people by the public Calls API. What connects the caller of a queue with a worker is a
 * conference of two: both legs are sent into the same room.
 */
@Component
class TwilioTelephony implements Telephony {

  private static final Logger LOG = LoggerFactory.getLogger(TwilioTelephony.class);

  private final PhoneAccounts accounts;
  private final CallsApi calls;

  TwilioTelephony(PhoneAccounts accounts, CallsApi calls) {
    this.accounts = accounts;
    this.calls = calls;
  }

  @Override
  public boolean connects(AccountSid account) {
    return accounts.exists(account);
  }

  @Override
  public Outcome connect(AccountSid account, Connection wanted) {
    try {
      return accounts
          .find(account)
          .map(phone -> connect(phone, wanted))
          .orElseGet(
              () ->
                  new Failed(
                      "Expected telephony for %s, but none is connected".formatted(account)));
    } catch (CallFailed failure) {
      return new Failed(failure.sentence());
    }
  }

  private Outcome connect(PhoneAccount phone, Connection wanted) {
    return switch (wanted) {
      case Dial dial -> {
        var worker = calls.create(phone, line(dial.line()).with("Url", dial.url()));
        yield new Made(worker, null, () -> hangUp(phone, worker));
      }
      case Redirect redirect -> {
        calls.update(phone, redirect.callSid(), new Fields().with("Url", redirect.url()));
        yield new Made(null, redirect.callSid(), () -> {});
      }
      case Bridge bridge -> bridge(phone, bridge);
      case Conference conference -> confer(phone, conference);
    };
  }

  private Made bridge(PhoneAccount phone, Bridge bridge) {
    var joining =
        Twiml.conference(bridge.room()).with("endConferenceOnExit", true).with("beep", false);
    var worker = calls.create(phone, line(bridge.line()).with("Twiml", joining));
    return led(phone, worker, bridge.callerCallSid(), joining);
  }

  private Made confer(PhoneAccount phone, Conference wanted) {
    var worker = calls.create(phone, Meeting.workerCall(wanted, line(wanted.line())));
    var joining = Meeting.customer(wanted);
    return switch (wanted.customer()) {
      case Customer.OnCall on -> led(phone, worker, on.callSid(), joining);
      case Customer.At at ->
          called(
              phone,
              worker,
              new Fields()
                  .with("To", at.number())
                  .with("From", wanted.line().from())
                  .with("Twiml", joining));
    };
  }

  /** The customer's own call is not ended with the one that was made. */
  private Made led(PhoneAccount phone, String worker, String customer, Twiml joining) {
    orHangUp(
        phone,
        worker,
        () -> {
          calls.update(phone, customer, new Fields().with("Twiml", joining));
          return customer;
        });
    return new Made(worker, customer, () -> hangUp(phone, worker));
  }

  private Made called(PhoneAccount phone, String worker, Fields customerCall) {
    var customer = orHangUp(phone, worker, () -> calls.create(phone, customerCall));
    return new Made(
        worker,
        customer,
        () -> {
          hangUp(phone, worker);
          hangUp(phone, customer);
        });
  }

  /** The worker's telephone is not left ringing for a customer who is gone. */
  private String orHangUp(PhoneAccount phone, String worker, Supplier<String> customer) {
    try {
      return customer.get();
    } catch (CallFailed failure) {
      hangUp(phone, worker);
      throw failure;
    }
  }

  private void hangUp(PhoneAccount phone, String callSid) {
    try {
      calls.update(phone, callSid, new Fields().with("Status", "completed"));
    } catch (CallFailed failure) {
      LOG.warn(
          "Call {} of account {} was not ended: {}", callSid, phone.account(), failure.sentence());
    }
  }

  private static Fields line(Line line) {
    var report = line.report();
    var fields =
        new Fields()
            .with("To", line.to())
            .with("From", line.from())
            .with("Timeout", line.timeoutSeconds())
            .with("Record", line.recorded() ? true : null);
    return report.url() == null ? fields : reported(fields, report);
  }

  private static Fields reported(Fields fields, Line.Report report) {
    return fields
        .with("StatusCallback", report.url())
        .with("StatusCallbackMethod", report.method())
        .withAll("StatusCallbackEvent", report.events());
  }
}
