package dev.muster.testing;

import dev.muster.local.Credentials;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Gives a test's Muster its database, its account and a {@link SettableClock}.
 *
 * <p>By an initializer and not by a configuration class, because the local stack scans the tests'
 * packages too.
 */
class OnPostgres implements ApplicationContextInitializer<GenericApplicationContext> {

  @Override
  public void initialize(GenericApplicationContext context) {
    var credentials = Credentials.random();
    var properties = new HashMap<>(SharedServers.database().properties());
    properties.putAll(credentials.properties());
    // Contexts stay for tests to come, and all share the connections of one server.
    properties.put("spring.datasource.hikari.minimum-idle", "1");
    properties.put("spring.datasource.hikari.idle-timeout", "10000");
    properties.putAll(camunda(context));
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("shared servers", properties));
    context.getBeanFactory().registerSingleton("givenCredentials", credentials);
    context.registerBean(
        "settableClock", SettableClock.class, SettableClock::new, bean -> bean.setPrimary(true));
  }

  /** Without a broker there is no Camunda client. */
  Map<String, Object> camunda(GenericApplicationContext context) {
    return Map.of("camunda.client.enabled", "false");
  }
}
