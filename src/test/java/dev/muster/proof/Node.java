package dev.muster.proof;

import dev.muster.Muster;
import dev.muster.assignment.Rounds;
import dev.muster.local.Credentials;
import dev.muster.local.Database;
import dev.muster.reservation.ReservationSid;
import dev.muster.reservation.Reservations;
import dev.muster.task.Forgetting;
import dev.muster.task.TaskRouting;
import dev.muster.task.TaskSid;
import dev.muster.testing.SettableClock;
import dev.muster.web.Wire;
import dev.muster.workspace.WorkAvailable;
import dev.muster.workspace.WorkspaceSid;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.event.TransactionalApplicationListener;
import org.springframework.web.context.WebApplicationContext;

/**
 * One Muster node in this JVM, on a port of its own, over a database that it may share with others.
 * No sweep of it can make up for a lost wake-up while a test waits.
 */
final class Node implements AutoCloseable {

  /**
   * Plans that are made while the tables are empty would read them from end to end, and to plan a
   * statement anew takes longer than to run it.
   */
  static final String PLAN_ONCE_FOR_FULL_TABLES =
      "SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan";

  /** How long a task is kept that nobody can ask for any more. */
  static final Duration KEPT = Duration.ofMinutes(5);

  private static final long HEAD_START_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private static final Map<String, Object> SETTINGS =
      Map.of(
          "server.port",
          0,
          "camunda.client.enabled",
          false,
          "spring.datasource.hikari.connection-init-sql",
          PLAN_ONCE_FOR_FULL_TABLES,
          "muster.assignment.sweep-every",
          "1h",
          "muster.assignment.recover-every",
          "1h",
          "muster.task.keep-ended-for",
          KEPT,
          "muster.web.requests-per-second",
          1_000_000);

  private final ConfigurableApplicationContext context;
  private final Credentials credentials;
  private final SettableClock clock;
  private final Rounds rounds;

  private Node(
      ConfigurableApplicationContext context, Credentials credentials, SettableClock clock) {
    this.context = context;
    this.credentials = credentials;
    this.clock = clock;
    this.rounds = Rounds.of(context);
  }

  static Node start(
      Database database,
      Credentials credentials,
      SettableClock clock,
      Interludes interludes,
      int connections) {
    var properties = new HashMap<>(SETTINGS);
    properties.putAll(database.properties());
    properties.putAll(credentials.properties());
    properties.put("spring.datasource.hikari.maximum-pool-size", connections);
    var application = new SpringApplication(Muster.class);
    application.setDefaultProperties(Map.of("logging.level.dev.muster", "warn"));
    application.addInitializers(
        context -> {
          var sources = context.getEnvironment().getPropertySources();
          sources.addFirst(new MapPropertySource("node of a proof", properties));
          var beans = (GenericApplicationContext) context;
          beans.registerBean(
              "settableClock", SettableClock.class, () -> clock, bean -> bean.setPrimary(true));
          interludes.install(beans);
        });
    return new Node(application.run(), credentials, clock);
  }

  /** A new account, as one speaks for it to this node. */
  Wire newTenant() {
    var first = wire(credentials.accountSid(), credentials.authToken());
    var made = first.post("/2010-04-01/Accounts.json", "FriendlyName", "Tenant");
    return first.as(made.text("sid"), made.text("auth_token"));
  }

  /** Speaks to this node for an account. */
  Wire wire(String account, String token) {
    return new Wire(URI.create("http://localhost:" + port()), account, token);
  }

  private int port() {
    return ((WebServerApplicationContext) context).getWebServer().getPort();
  }

  /** Lets something come about that nobody calls for; says whether anything was due. */
  boolean happen(Site site, Deed.Happening happening) {
    var workspace = WorkspaceSid.of(site.workspace());
    return switch (happening) {
      case Deed.LetTimePass deed -> {
        clock.advance(Duration.ofSeconds(deed.seconds()));
        yield false;
      }
      case Deed.FireReservationTimer deed ->
          context
              .getBean(Reservations.class)
              .expire(workspace, ReservationSid.of(deed.reservation()));
      case Deed.FireTaskTimer deed ->
          context.getBean(TaskRouting.class).doWhatIsDue(workspace, TaskSid.of(deed.task()));
      case Deed.Sweep deed -> {
        rounds.sweep();
        new Forgetting(context).now();
        yield false;
      }
    };
  }

  /**
   * Breaks it: a round is asked for before the commit that it is to see, and not after it. It is
   * left the time to come too early.
   *
   * @return mends it
   */
  Runnable askForRoundsTooEarly() {
    var events = context.getBean(ApplicationEventMulticaster.class);
    var after = new ArrayList<ApplicationListener<?>>();
    events.removeApplicationListeners(
        listener -> isAfterCommitOf(WorkAvailable.class, listener) && after.add(listener));
    var atOnce = new AtOnce(rounds);
    events.addApplicationListener(atOnce);
    return () -> {
      events.removeApplicationListener(atOnce);
      after.forEach(events::addApplicationListener);
    };
  }

  private static boolean isAfterCommitOf(Class<?> event, ApplicationListener<?> listener) {
    return listener instanceof TransactionalApplicationListener<?> transactional
        && transactional.getListenerId().contains(event.getName());
  }

  private record AtOnce(Rounds rounds)
      implements ApplicationListener<PayloadApplicationEvent<WorkAvailable>> {

    @Override
    public void onApplicationEvent(PayloadApplicationEvent<WorkAvailable> event) {
      rounds.request(event.getPayload().workspace());
      LockSupport.parkNanos(HEAD_START_NANOS);
    }
  }

  Rounds rounds() {
    return rounds;
  }

  /** Its web, to be called without the port. */
  MockMvc web() {
    return InProcess.webOf((WebApplicationContext) context);
  }

  @Override
  public void close() {
    context.close();
    LoggingSystem.get(getClass().getClassLoader()).setLogLevel("dev.muster", null);
  }
}
