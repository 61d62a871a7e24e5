package dev.muster.callout;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;

/** Says why there is no answer, to the person who chose the address. */
final class Failure {

  private Failure() {}

  static String tooLate(Callout callout) {
    return "Expected an answer of %s within %d ms, but none came"
        .formatted(host(callout), callout.within().toMillis());
  }

  /** The address behind a name is not told: it may be one inside the operator's network. */
  static String sentence(Callout callout, Throwable failure) {
    return switch (failure) {
      case AddressRefused refused ->
          "Expected %s to be at a public address, or at one that the operator allows, but it is not"
              .formatted(host(callout));
      case LookupTimedOut late ->
          "Expected the name %s to be looked up in time, but its name server, or that of another name of this account, does not answer"
              .formatted(host(callout));
      case UnknownHostException unknown ->
          "Expected the name %s to lead to an address, but it leads to none"
              .formatted(host(callout));
      case ConnectTimeoutException slow ->
          "Expected %s to take a connection, but it did not in time".formatted(host(callout));
      case SocketTimeoutException late -> tooLate(callout);
      case ConnectException refused ->
          "Expected %s to take a connection, but it refused".formatted(host(callout));
      case SSLException untrusted ->
          "Expected to agree with %s on TLS, but: %s"
              .formatted(host(callout), untrusted.getMessage());
      default ->
          "Expected an answer of %s, but the connection failed: %s"
              .formatted(host(callout), failure);
    };
  }

  private static String host(Callout callout) {
    return callout.url().getHost();
  }
}
