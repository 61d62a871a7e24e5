package dev.muster.testing;

import java.util.Map;
import org.springframework.context.support.GenericApplicationContext;

/** Gives a test's Muster the shared Camunda as well. */
final class OnPostgresAndCamunda extends OnPostgres {

  @Override
  Map<String, Object> camunda(GenericApplicationContext context) {
    var camunda = SharedServers.camunda();
    context.getBeanFactory().registerSingleton("camundaServer", camunda);
    return camunda.properties();
  }
}
