package dev.muster.given;

import dev.muster.Muster;
import dev.muster.local.PostgresServer;
import dev.muster.local.Servers;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.HexFormat;
import java.util.Map;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.ContextConfiguration;

/** Muster behind its port, on PostgreSQL, without the engine, with moved time. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    classes = {Muster.class, RealParts.Time.class, GivenTenants.class, Heard.class})
@ContextConfiguration(initializers = RealParts.Stack.class)
public @interface RealParts {

  String FIRST_ACCOUNT = "AC" + "0".repeat(32);
  String FIRST_TOKEN = HexFormat.of().formatHex(new byte[32]);

  class Time {

    @Bean
    @Primary
    MovedClock movedClock() {
      return new MovedClock();
    }
  }

  class Stack implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final PostgresServer POSTGRES = Servers.postgres();

    @Override
    public void initialize(ConfigurableApplicationContext context) {
      POSTGRES.start();
      var database = POSTGRES.database("muster");
      TestPropertyValues.of(
              Map.of(
                  "spring.datasource.url",
                  database.url(),
                  "spring.datasource.username",
                  database.username(),
                  "spring.datasource.password",
                  database.password(),
                  "camunda.client.enabled",
                  "false",
                  "muster.web.searches-per-second",
                  "30",
                  "muster.account.sid",
                  FIRST_ACCOUNT,
                  "muster.account.auth-token",
                  FIRST_TOKEN,
                  "muster.account.master-key",
                  "A".repeat(43) + "="))
          .applyTo(context);
      Runtime.getRuntime().addShutdownHook(new Thread(POSTGRES::close));
    }
  }
}
