package dev.muster.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.web.ApiTest;
import dev.muster.web.Wire;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class SecurityTest extends ApiTest {

  @Autowired JdbcClient jdbc;
  @Autowired Accounts accounts;
  @Autowired ApiKeys keys;

  @Test
  void turnsAwayWhoDoesNotSayWhoItIs() {
    for (var path :
        new String[] {"/v1/Workspaces", "/2010-04-01/Accounts.json", "/actuator/env", "/nowhere"}) {
      var answer = acme.as("", "").get(path);

      turnedAway(answer);
      assertThat(answer.header("WWW-Authenticate")).startsWith("Basic realm=\"Muster\"");
    }
  }

  @Test
  void turnsAwayWrongCredentials() {
    turnedAway(acme.as(acme.user(), globex.password()).get("/v1/Workspaces"));
    turnedAway(acme.as("AC" + "0".repeat(32), acme.password()).get("/v1/Workspaces"));
    turnedAway(acme.as("SK" + "0".repeat(32), acme.password()).get("/v1/Workspaces"));
    turnedAway(acme.as("alice", "secret").get("/v1/Workspaces"));
    turnedAway(acme.as("a\0b", "secret").get("/v1/Workspaces"));
    turnedAway(
        acme.send(acme.as("", "").request("/v1/Workspaces").header("Authorization", "Basic ***")));
  }

  @Test
  void givesABrowserNoReasonToRememberAPassword() {
    var request = acme.as("", "").request("/v1/Workspaces").header("Sec-Fetch-Mode", "navigate");

    assertThat(acme.send(request).header("WWW-Authenticate")).startsWith("xBasic ");
  }

  @Test
  void opensItsDocumentationAndHealthToEveryone() {
    var anyone = acme.as("", "");

    assertThat(anyone.get("/actuator/health").status()).isEqualTo(200);
    assertThat(anyone.get("/v3/api-docs").status()).isEqualTo(200);
    assertThat(anyone.get("/docs").status()).isEqualTo(302);
    assertThat(anyone.get("/swagger-ui/index.html").status()).isEqualTo(200);
  }

  @Test
  void keepsNoSecretInTheClear() {
    var clear =
        jdbc.sql(
                """
                SELECT count(*) FROM account
                WHERE sid = :sid AND (position(:token in auth_token_sealed) > 0
                                      OR position(:token in auth_token_hash) > 0)
                """)
            .param("sid", acme.user())
            .param("token", acme.password().getBytes())
            .query(Integer.class)
            .single();

    assertThat(clear).isZero();
  }

  @Test
  void signsWithTheSecretsThatItIssued() {
    var made = acme.post("/2010-04-01/Accounts/" + acme.user() + "/Keys.json");
    var key = KeySid.of(made.text("sid"));

    assertThat(accounts.authToken(AccountSid.of(acme.user())).value()).isEqualTo(acme.password());
    assertThat(keys.secret(AccountSid.of(acme.user()), key))
        .contains(new Secret(made.text("secret")));
    assertThat(keys.secret(AccountSid.of(globex.user()), key)).isEmpty();
  }

  @Test
  void followsTheConfiguredTokenOfTheFirstAccountAtEveryStart() {
    var other = Secret.nextToken();
    jdbc.sql("UPDATE account SET auth_token_hash = :hash WHERE sid = :sid")
        .param("hash", other.hash())
        .param("sid", first.user())
        .update();

    accounts.establishFirst();

    var hash =
        jdbc.sql("SELECT auth_token_hash FROM account WHERE sid = :sid")
            .param("sid", first.user())
            .query((row, number) -> row.getBytes(1))
            .single();
    assertThat(new Secret(first.password()).hasHash(hash)).isTrue();
    assertThat(first.get("/v1/Workspaces").status()).isEqualTo(200);
  }

  private static void turnedAway(Wire.Answer answer) {
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.json().path("code").asInt()).isEqualTo(20003);
    assertThat(answer.json().path("status").asInt()).isEqualTo(401);
  }
}
