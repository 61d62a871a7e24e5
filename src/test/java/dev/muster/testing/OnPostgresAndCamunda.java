package dev.muster.testing;

import dev.muster.local.CamundaServer;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Gives a test's Muster the shared Camunda as well, and lets processes and tenants do what they may
 * only if the operator says so.
 */
class OnPostgresAndCamunda extends OnPostgres {

  @Override
  Map<String, Object> camunda(GenericApplicationContext context) {
    var camunda = server(context);
    context.getBeanFactory().registerSingleton("camundaServer", camunda);
    var properties = new HashMap<>(camunda.properties());
    properties.put("muster.process.access.processes", "*:approved-task,*:test-*");
    properties.put("muster.process.access.accounts", "*");
    return properties;
  }

  CamundaServer server(GenericApplicationContext context) {
    return SharedServers.camunda();
  }
}
