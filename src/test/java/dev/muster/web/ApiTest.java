package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.http.TwilioRestClient;
import dev.muster.local.Credentials;
import dev.muster.local.RebasingHttpClient;
import dev.muster.testing.MusterTest;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** A running Muster with two tenants, so that leaks between them show. */
@MusterTest
@Import(Published.class)
public abstract class ApiTest {

  /** The first account, and two tenants that it made. */
  protected Wire first;

  protected Wire acme;
  protected Wire globex;

  /** What the modules told each other, in all tests so far. */
  @Autowired protected Published published;

  @LocalServerPort private int port;
  @Autowired private Credentials credentials;

  @BeforeEach
  void createTenants() {
    var base = URI.create("http://localhost:" + port);
    first = new Wire(base, credentials.accountSid(), credentials.authToken());
    acme = tenant("Acme");
    globex = tenant("Globex");
  }

  protected Wire tenant(String name) {
    var made = first.post("/2010-04-01/Accounts.json", "FriendlyName", name);
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return first.as(made.text("sid"), made.text("auth_token"));
  }

  protected String workspace(Wire tenant, String... more) {
    var parameters = new String[more.length + 2];
    parameters[0] = "FriendlyName";
    parameters[1] = "Support";
    System.arraycopy(more, 0, parameters, 2, more.length);
    return "/v1/Workspaces/" + tenant.post("/v1/Workspaces", parameters).text("sid");
  }

  /** The official SDK, speaking for a tenant. */
  protected static TwilioRestClient sdk(Wire tenant) {
    return RebasingHttpClient.client(tenant.base(), tenant.user(), tenant.password());
  }

  /** A refusal of bad input, in these words. */
  protected static void refused(Wire.Answer answer, String message) {
    refused(answer, 400, 20001);
    assertThat(answer.text("message")).contains(message);
  }

  protected static void refused(Wire.Answer answer, int status, int code) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.json().path("code").asInt()).isEqualTo(code);
    assertThat(answer.text("message")).startsWith("Expected ").contains(", but");
  }
}
