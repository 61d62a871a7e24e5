package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(properties = "muster.web.requests-per-second=20")
class RateLimitTest extends ApiTest {

  @Test
  void refusesTheRequestsOfAnAccountBeyondItsLimitAndOfNoOther() {
    var answers = IntStream.range(0, 60).mapToObj(i -> acme.get("/v1/Workspaces")).toList();

    var refused = answers.stream().filter(answer -> answer.status() == 429).findFirst();
    assertThat(refused).isPresent();
    assertThat(refused.get().json().path("code").asInt()).isEqualTo(20429);
    assertThat(refused.get().header("X-Rate-Limit-Limit")).isEqualTo("20");
    assertThat(refused.get().header("X-Rate-Limit-Remaining")).isEqualTo("0");
    assertThat(refused.get().header("Retry-After")).isEqualTo("1");
    assertThat(globex.get("/v1/Workspaces").status()).isEqualTo(200);
  }

  @Test
  void boundsSearchesByAccountAndKind() {
    var limit = new SearchLimit(new WebSettings(null, 2000, 3));
    IntStream.range(0, 3).forEach(i -> limit.take("AC1", "TargetWorkersExpression"));

    assertThatThrownBy(() -> limit.take("AC1", "TargetWorkersExpression"))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(Refusal.TOO_MANY_REQUESTS));
    limit.take("AC1", "EvaluateTaskAttributes");
    limit.take("AC2", "TargetWorkersExpression");
  }
}
