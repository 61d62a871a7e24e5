package dev.muster.policy;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Shows how many policies are in force and, if the files as they are now cannot be read, why. That
 * does not make Muster unhealthy: it works by the policies from before, and would not start again.
 */
@Component
class PolicyHealthIndicator implements HealthIndicator {

  private final PresentPolicies policies;

  PolicyHealthIndicator(PresentPolicies policies) {
    this.policies = policies;
  }

  @Override
  public Health health() {
    var health = Health.up().withDetail("policies", policies.get().list().size());
    var trouble = policies.trouble();
    return trouble == null ? health.build() : health.withDetail("refused", trouble).build();
  }
}
