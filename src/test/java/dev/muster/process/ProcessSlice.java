package dev.muster.process;

import dev.muster.testing.SharedServers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A node with this module alone, a database, and a {@link Desk} in place of the modules below. No
 * {@code @Configuration}, since the local stack scans the tests' packages too.
 */
@EnableAutoConfiguration
@EnableConfigurationProperties({ProcessSettings.class, AccessSettings.class})
@ComponentScan(
    basePackageClasses = TaskProcess.class,
    excludeFilters =
        @Filter(
            type = FilterType.ASSIGNABLE_TYPE,
            classes = {
              AskedOfTasks.class,
              ChosenProcesses.class,
              CreateTask.class,
              HandedTasks.class,
              Orders.class,
              WorkflowProcessController.class
            }))
class ProcessSlice {

  /** A node with a database of its own, unless the properties name one. */
  static ConfigurableApplicationContext start(Map<String, Object> properties) {
    var all = new HashMap<>(properties);
    if (!all.containsKey("spring.datasource.url")) {
      all.putAll(SharedServers.database().properties());
    }
    return new SpringApplicationBuilder(ProcessSlice.class)
        .web(WebApplicationType.NONE)
        .properties(Map.of("muster.process.job-retry-backoff", "1s"))
        .initializers(
            context ->
                context
                    .getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("test", Map.copyOf(all))))
        .run();
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  MeterRegistry meters() {
    return new SimpleMeterRegistry();
  }

  @Bean
  Desk desk(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      ApplicationEventPublisher publisher) {
    return new Desk(jdbc, new TransactionTemplate(transactions), publisher);
  }
}
