package dev.muster.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.web.ApiTest;
import org.junit.jupiter.api.Test;

class HealthTest extends ApiTest {

  @Test
  void tellsEveryoneWhichPartIsDown() {
    var health = acme.as("", "").get("/actuator/health");

    assertThat(health.status()).isEqualTo(200);
    var parts = health.json().path("components");
    assertThat(parts.path("db").path("status").asString()).isEqualTo("UP");
    assertThat(parts.path("policy").path("status").asString()).isEqualTo("UP");
  }

  @Test
  void tellsOnlyTheOperatorMore() {
    assertThat(
            first.get("/actuator/health").json().at("/components/policy/details").isMissingNode())
        .isFalse();
    assertThat(acme.get("/actuator/health").json().at("/components/policy/details").isMissingNode())
        .isTrue();
  }

  @Test
  void isReadyWhileItsDatabaseAnswers() {
    var readiness = acme.as("", "").get("/actuator/health/readiness");

    assertThat(readiness.status()).isEqualTo(200);
    assertThat(readiness.json().at("/components/db/status").asString()).isEqualTo("UP");
    assertThat(acme.as("", "").get("/actuator/health/liveness").status()).isEqualTo(200);
  }
}
