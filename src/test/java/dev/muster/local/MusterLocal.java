package dev.muster.local;

import dev.muster.Muster;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.web.context.support.StandardServletEnvironment;

/**
 * Runs Muster with PostgreSQL and Camunda, and if wanted Operate and Tasklist, on this machine,
 * from an empty {@code data} directory or from what an earlier run left there.
 *
 * <p>Settings come from the environment, see {@link LocalSettings} and {@link Credentials}. Ctrl-C
 * stops Muster, then Camunda, then PostgreSQL. What keeps it from starting is said in one line
 * each, and the exit code is 1.
 */
public final class MusterLocal {

  private final LocalSettings settings;
  private final URI base;
  private final Credentials credentials;
  private final LocalStack stack;
  private volatile @Nullable ConfigurableApplicationContext muster;
  private volatile boolean stopping;

  private MusterLocal(LocalSettings settings, Credentials credentials, LocalStack stack) {
    this.settings = settings;
    this.base = URI.create("http://127.0.0.1:" + settings.port());
    this.credentials = credentials;
    this.stack = stack;
  }

  public static void main(String[] arguments) {
    LoggingSystem.get(MusterLocal.class.getClassLoader()).beforeInitialize();
    try {
      prepared().run(arguments);
    } catch (IllegalArgumentException badSetting) {
      refuse(List.of(badSetting.getMessage()));
    }
  }

  private static MusterLocal prepared() {
    var data = LocalFiles.data();
    var settings = LocalSettings.from(System.getenv());
    var stack = new LocalStack(data, settings);
    var complaints = stack.prepare();
    if (!complaints.isEmpty()) {
      refuse(complaints);
    }
    var credentials = Credentials.load(data.resolve("credentials.properties"), System.getenv());
    return new MusterLocal(settings, credentials, stack);
  }

  private static void refuse(List<String> complaints) {
    complaints.forEach(System.err::println);
    System.exit(1);
  }

  private void run(String[] arguments) {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "muster-local-stop"));
    try {
      stack.start();
      System.out.println("Starting Muster ...");
      application().run(arguments);
      welcome();
    } catch (RuntimeException failed) {
      if (!stopping) {
        System.err.println(failed instanceof CompletionException ? failed.getCause() : failed);
        System.exit(1);
      }
    }
  }

  private SpringApplication application() {
    var environment = new StandardServletEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("local stack", properties()));
    var application = new SpringApplication(Muster.class);
    application.setMainApplicationClass(Muster.class);
    application.setEnvironment(environment);
    application.setRegisterShutdownHook(false);
    application.addInitializers(
        context -> {
          muster = context;
          context.getBeanFactory().registerSingleton("packagedOnly", new PackagedOnly());
        });
    return application;
  }

  private Map<String, Object> properties() {
    var properties = new HashMap<>(stack.properties());
    properties.putAll(credentials.properties());
    properties.put("server.address", base.getHost());
    properties.put("server.port", base.getPort());
    properties.put("muster.callout.allowed-networks", "127.0.0.0/8,::1/128");
    return properties;
  }

  private void welcome() {
    System.out.println(text(demo()));
  }

  private String demo() {
    try {
      var played = Demo.play(base, credentials.accountSid(), credentials.authToken());
      return curls(played);
    } catch (RuntimeException failed) {
      return "The demonstration could not be played: " + failed.getMessage();
    }
  }

  private String text(String demo) {
    return """

        Muster is ready.

          base URL     %s
          account SID  %s
          auth token   %s%s

        %s

        Ctrl-C stops Muster, Camunda and PostgreSQL; the data stay.
        """
        .formatted(base, credentials.accountSid(), credentials.authToken(), pages(), demo);
  }

  private String pages() {
    return settings.operate()
        ? "%n  Operate      http://127.0.0.1:%1$d/operate%n  Tasklist     http://127.0.0.1:%1$d/tasklist%n  their user   demo, password demo"
            .formatted(settings.operatePort())
        : "";
  }

  private String curls(Demo.Played played) {
    var user = credentials.accountSid() + ":" + credentials.authToken();
    var workspace = base + "/v1/Workspaces/" + played.workspaceSid();
    var reservations = workspace + "/Workers/" + played.workerSid() + "/Reservations";
    return """
        Create a task, which is offered to Carmen:

          curl -u %1$s %2$s/Tasks -d WorkflowSid=%3$s --data-urlencode 'Attributes={"language":"es"}'

        Accept its reservation in her place:

          sleep 1; curl -u %1$s -d ReservationStatus=accepted %4$s/$(curl -s -u %1$s '%4$s?ReservationStatus=pending' | grep -o 'WR[0-9a-f]\\{32\\}' | head -1)
        """
        .formatted(user, workspace, played.workflowSid(), reservations)
        .stripTrailing();
  }

  private void stop() {
    stopping = true;
    var running = muster;
    if (running != null) {
      System.out.println("Stopping Muster ...");
      running.close();
    }
    stack.close();
  }
}
