package dev.muster.telephony;

import java.net.URI;

/** How people are to be connected. */
public sealed interface Connection {

  /** Calls somebody; what the call is about is at an address. */
  record Dial(Line line, URI url) implements Connection {}

  /** Leads a call that is under way to what is at an address. */
  record Redirect(String callSid, URI url) implements Connection {}

  /**
   * Calls somebody and leads the caller's waiting call to them.
   *
   * @param room unique among all connections
   */
  record Bridge(Line line, String callerCallSid, String room) implements Connection {}

  /**
   * Calls somebody into a conference, and brings the customer there.
   *
   * @param room the conference's name
   */
  record Conference(
      Line line,
      Customer customer,
      String room,
      Participant participant,
      Room options,
      Recording recording)
      implements Connection {}

  /** Where the customer of a conference is. */
  sealed interface Customer {

    /** On the telephone already. */
    record OnCall(String callSid) implements Customer {}

    /** To be called at a number. */
    record At(String number) implements Customer {}
  }
}
