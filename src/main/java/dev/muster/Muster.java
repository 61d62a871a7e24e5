package dev.muster;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.task.ThreadPoolTaskSchedulerBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** Starts one Muster node; all nodes are alike. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class Muster {

  private static final int MOST_STEPS_AT_ONCE = 32;

  public static void main(String[] arguments) {
    SpringApplication.run(Muster.class, arguments);
  }

  /**
   * Gives what is done now and then a thread each, so that a step that takes long, or waits for a
   * database that is away, holds up no other.
   */
  @Bean
  ThreadPoolTaskScheduler taskScheduler(ThreadPoolTaskSchedulerBuilder schedulers) {
    return schedulers.poolSize(MOST_STEPS_AT_ONCE).build();
  }

  /** The only source of the present time. */
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
