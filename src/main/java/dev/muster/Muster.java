package dev.muster;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts one Muster node; all nodes are alike. */
@SpringBootApplication
public class Muster {

  public static void main(String[] arguments) {
    SpringApplication.run(Muster.class, arguments);
  }
}
