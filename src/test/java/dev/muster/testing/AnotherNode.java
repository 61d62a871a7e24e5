package dev.muster.testing;

import dev.muster.Muster;
import dev.muster.local.PackagedOnly;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.web.context.support.StandardServletEnvironment;

/** A second Muster over the database of a test's first one; its clock is the world's. */
public final class AnotherNode implements AutoCloseable {

  private static final List<String> SHARED =
      List.of(
          "spring.datasource.url",
          "spring.datasource.username",
          "spring.datasource.password",
          "muster.account.sid",
          "muster.account.auth-token",
          "muster.account.master-key");

  private final ConfigurableApplicationContext context;

  private AnotherNode(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** Starts one on that port; 0 for any. */
  public static AnotherNode beside(Environment first, int port) {
    var properties = new HashMap<String, Object>();
    SHARED.forEach(name -> properties.put(name, first.getRequiredProperty(name)));
    properties.putAll(Map.of("camunda.client.enabled", "false", "server.port", port));
    var environment = new StandardServletEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("another node", properties));
    var application = new SpringApplication(Muster.class);
    application.setEnvironment(environment);
    application.setRegisterShutdownHook(false);
    application.addInitializers(
        context -> context.getBeanFactory().registerSingleton("packagedOnly", new PackagedOnly()));
    return new AnotherNode(application.run());
  }

  public URI base() {
    var port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    return URI.create("http://localhost:" + port);
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    context.close();
  }
}
