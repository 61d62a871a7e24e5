package dev.muster.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.local.Credentials;
import io.camunda.client.CamundaClient;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@MusterTest
class MusterTestTest {

  @Autowired Clock clock;
  @Autowired SettableClock settable;
  @Autowired JdbcClient jdbc;
  @Autowired Credentials credentials;
  @Autowired ObjectProvider<CamundaClient> camunda;
  @LocalServerPort int port;

  @Value("${muster.account.sid}")
  String accountSid;

  @Test
  void startsWithoutCamunda() {
    assertThat(port).isPositive();
    assertThat(camunda.stream()).isEmpty();
    assertThat(jdbc.sql("SELECT current_user").query(String.class).single()).isEqualTo("muster");
    assertThat(accountSid).isEqualTo(credentials.accountSid()).matches("AC[0-9a-f]{32}");
  }

  @Test
  void movesTheTimeThatMusterReads() {
    var before = clock.instant();

    settable.advance(Duration.ofDays(1));

    assertThat(clock.instant()).isAfterOrEqualTo(before.plus(Duration.ofDays(1)));
    settable.reset();
  }
}
