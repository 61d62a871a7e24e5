package dev.muster.testing;

import dev.muster.local.CamundaServer;
import dev.muster.local.LocalCamunda;
import dev.muster.local.LocalOperate;
import org.springframework.boot.SpringApplication;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Gives a test's Muster a Camunda of its own whose processes Operate and Tasklist show. About 1.2
 * GB in three processes, so for one test class at a time.
 */
public final class OnPostgresAndOperate extends OnPostgresAndCamunda {

  @Override
  CamundaServer server(GenericApplicationContext context) {
    var operate = LocalOperate.throwAway();
    var camunda = LocalCamunda.throwAway(operate.exporter());
    SpringApplication.getShutdownHandlers()
        .add(
            () -> {
              operate.close();
              camunda.close();
            });
    operate.startSearch();
    camunda.start();
    operate.startWebapps(camunda);
    context.getBeanFactory().registerSingleton("localOperate", operate);
    return camunda;
  }
}
