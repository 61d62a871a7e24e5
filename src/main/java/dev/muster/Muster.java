package dev.muster;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts one Muster node; all nodes are alike. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class Muster {

  public static void main(String[] arguments) {
    SpringApplication.run(Muster.class, arguments);
  }

  /** The only source of the present time. */
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
