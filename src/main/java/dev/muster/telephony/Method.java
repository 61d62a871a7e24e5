package dev.muster.telephony;

/** How the telephone company makes its callbacks. */
public enum Method {
  GET,
  POST
}
