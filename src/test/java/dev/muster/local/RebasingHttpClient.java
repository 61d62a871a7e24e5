package dev.muster.local;

import com.twilio.http.NetworkHttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import java.net.URI;
import java.util.Set;

/**
 * Sends to a Muster what the official SDK means for Twilio: the SDK builds its addresses itself and
 * takes no other base.
 *
 * <p>Requests to other hosts go where they were meant to. The base's host must be {@code
 * localhost}, an IPv4 address or a name of three to five labels; the SDK mangles others on their
 * way through.
 */
public final class RebasingHttpClient extends NetworkHttpClient {

  private static final Set<String> TWILIO = Set.of("taskrouter.twilio.com", "api.twilio.com");

  private final URI base;

  public RebasingHttpClient(URI base) {
    this.base = base;
  }

  /** An SDK client of that account at the Muster with that base address. */
  public static TwilioRestClient client(URI base, String accountSid, String authToken) {
    return new TwilioRestClient.Builder(accountSid, authToken)
        .httpClient(new RebasingHttpClient(base))
        .build();
  }

  @Override
  public Response makeRequest(Request request) {
    var address = URI.create(request.getUrl());
    return super.makeRequest(
        TWILIO.contains(address.getHost()) ? rebased(request, address) : request);
  }

  private Request rebased(Request request, URI address) {
    var query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
    var url = base.getScheme() + "://" + base.getAuthority() + address.getRawPath() + query;
    var rebased = new Request(request.getMethod(), url);
    if (request.getAuthStrategy() != null) {
      rebased.setAuth(request.getAuthStrategy());
    } else if (request.getUsername() != null) {
      rebased.setAuth(request.getUsername(), request.getPassword());
    }
    request
        .getQueryParams()
        .forEach((key, values) -> values.forEach(it -> rebased.addQueryParam(key, it)));
    request
        .getPostParams()
        .forEach((key, values) -> values.forEach(it -> rebased.addPostParam(key, it)));
    request
        .getHeaderParams()
        .forEach((key, values) -> values.forEach(it -> rebased.addHeaderParam(key, it)));
    rebased.setFormParameters(request.getFormParameters());
    rebased.setContentType(request.getContentType());
    rebased.setBody(request.getBody());
    rebased.setUserAgentExtensions(request.getUserAgentExtensions());
    return rebased;
  }
}
