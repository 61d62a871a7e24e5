package dev.muster.proof;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Lets a test step in where races are lost: between two statements of one transaction, or just
 * before a commit. What it does there runs on another thread, and so on other connections.
 *
 * <p>It may also put other words into the statements themselves, to see that somebody notices.
 */
public final class Interludes implements BeanPostProcessor {

  /** Puts them into a Muster. */
  static final class Installed implements ApplicationContextInitializer<GenericApplicationContext> {

    @Override
    public void initialize(GenericApplicationContext context) {
      new Interludes().install(context);
    }
  }

  private record Interlude(
      String statement, boolean after, Runnable act, CompletableFuture<Void> done) {}

  private static final long LONGEST_SECONDS = 20;

  private final Queue<Interlude> planned = new ConcurrentLinkedQueue<>();
  private volatile Runnable beforeCommit = () -> {};
  private volatile UnaryOperator<String> wording = UnaryOperator.identity();

  void install(GenericApplicationContext context) {
    context.getBeanFactory().registerSingleton("interludes", this);
    context.getBeanFactory().addBeanPostProcessor(this);
  }

  /** Acts once, just before the next statement that contains the text. */
  CompletableFuture<Void> before(String statement, Runnable act) {
    return plan(new Interlude(statement, false, act, new CompletableFuture<>()));
  }

  /** Acts once, just before whatever follows the next statement that contains the text. */
  CompletableFuture<Void> after(String statement, Runnable act) {
    return plan(new Interlude(statement, true, act, new CompletableFuture<>()));
  }

  private CompletableFuture<Void> plan(Interlude interlude) {
    planned.add(interlude);
    return interlude.done;
  }

  /** Acts before every commit, on the thread that commits. */
  void beforeEachCommit(Runnable act) {
    beforeCommit = act;
  }

  /** Says something else from now on in every statement that contains the text. */
  void misquote(String text, String instead) {
    var before = wording;
    wording = statement -> before.apply(statement).replace(text, instead);
  }

  /** Forgets what was planned and did not come to pass, and what was to be said instead. */
  void forget() {
    planned.clear();
    beforeCommit = () -> {};
    wording = UnaryOperator.identity();
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof DataSource source ? new Interrupted(source) : bean;
  }

  private final class Interrupted extends DelegatingDataSource {

    Interrupted(DataSource source) {
      super(source);
    }

    @Override
    public Connection getConnection() throws SQLException {
      var interrupted = new Interrupter(super.getConnection());
      return (Connection)
          Proxy.newProxyInstance(
              Connection.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) -> interrupted.call(method, arguments));
    }
  }

  /** One connection, from when it is lent until it is given back. */
  private final class Interrupter {

    private final Connection connection;
    private final Queue<Interlude> due = new ConcurrentLinkedQueue<>();

    Interrupter(Connection connection) {
      this.connection = connection;
    }

    Object call(Method method, Object[] arguments) throws Throwable {
      switch (method.getName()) {
        case "prepareStatement" -> {
          stepIn((String) arguments[0]);
          arguments[0] = wording.apply((String) arguments[0]);
        }
        case "commit" -> {
          performDue();
          beforeCommit.run();
        }
        default -> {}
      }
      try {
        return method.invoke(connection, arguments);
      } catch (InvocationTargetException failure) {
        throw failure.getCause();
      }
    }

    private void stepIn(String statement) {
      performDue();
      for (var interlude : planned) {
        if (statement.contains(interlude.statement) && planned.remove(interlude)) {
          due.add(interlude);
        }
      }
      if (due.stream().anyMatch(interlude -> !interlude.after)) {
        performDue();
      }
    }

    private void performDue() {
      for (var interlude = due.poll(); interlude != null; interlude = due.poll()) {
        perform(interlude);
      }
    }
  }

  /** A failure is the test's, not that of the statement that waits here. */
  private static void perform(Interlude interlude) {
    CompletableFuture.runAsync(interlude.act, command -> Thread.ofPlatform().start(command))
        .orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS)
        .whenComplete(
            (nothing, failure) -> {
              if (failure == null) {
                interlude.done.complete(null);
              } else {
                interlude.done.completeExceptionally(failure);
              }
            })
        .handle((nothing, failure) -> null)
        .join();
  }
}
