package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.http.TwilioRestClient;
import dev.muster.local.RebasingHttpClient;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A running Muster with two tenants, so that leaks between them show. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "camunda.client.enabled=false")
public abstract class ApiTest {

  private static final EmbeddedPostgres POSTGRES = start();
  private static final String FIRST = "AC" + random(16);
  private static final String TOKEN = random(16);
  private static final String KEY = Base64.getEncoder().encodeToString(bytes(32));

  /** The first account, and two tenants that it made. */
  protected Wire first;

  protected Wire acme;
  protected Wire globex;

  @LocalServerPort private int port;

  @BeforeEach
  void createTenants() {
    first = new Wire(URI.create("http://localhost:" + port), FIRST, TOKEN);
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

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("spring.datasource.url", () -> POSTGRES.getJdbcUrl("postgres", "postgres"));
    registry.add("spring.datasource.username", () -> "postgres");
    registry.add("muster.account.sid", () -> FIRST);
    registry.add("muster.account.auth-token", () -> TOKEN);
    registry.add("muster.account.master-key", () -> KEY);
  }

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String random(int count) {
    return HexFormat.of().formatHex(bytes(count));
  }

  private static byte[] bytes(int count) {
    var bytes = new byte[count];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
