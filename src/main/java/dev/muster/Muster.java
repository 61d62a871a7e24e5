package dev.muster;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts one Muster node; all nodes are alike. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Muster {

  public static void main(String[] arguments) {
    SpringApplication.run(Muster.class, arguments);
  }
}
