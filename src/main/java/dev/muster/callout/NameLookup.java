package dev.muster.callout;

import dev.muster.account.AccountSid;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks names up on platform threads: a look-up cannot be interrupted and would keep a virtual
 * thread's carrier from everybody else for as long as a tenant's name server likes. It goes on when
 * nobody waits for it any more, so there are only so many at once, in all and for one account: an
 * account whose name servers do not answer waits for itself.
 */
final class NameLookup implements AutoCloseable {

  /** How names are looked up in the end. */
  interface Names {
    InetAddress[] find(String host) throws UnknownHostException;
  }

  static final int MOST = 256;
  static final int MOST_PER_ACCOUNT = 16;

  /** More are not tried in the time that a request has. */
  private static final int MOST_ADDRESSES = 4;

  private final Map<AccountSid, Semaphore> turns = new ConcurrentHashMap<>();
  private final ExecutorService threads = threads();
  private final Names names;
  private final Duration limit;

  /**
   * @param limit how long a look-up may take, with the time that it waits for others
   */
  NameLookup(Names names, Duration limit) {
    this.names = names;
    this.limit = limit;
  }

  /** Looks up names that an account chose. */
  DnsResolver of(AccountSid account) {
    return new DnsResolver() {
      @Override
      public InetAddress[] resolve(String host) throws UnknownHostException {
        return find(account, host);
      }

      @Override
      public String resolveCanonicalHostname(String host) {
        return host;
      }
    };
  }

  private InetAddress[] find(AccountSid account, String host) throws UnknownHostException {
    var end = System.nanoTime() + limit.toNanos();
    var turn = turns.computeIfAbsent(account, same -> new Semaphore(MOST_PER_ACCOUNT, true));
    try {
      if (!turn.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new LookupTimedOut(host);
      }
      var lookup = threads.submit(() -> find(host, turn));
      var found = lookup.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      return Arrays.copyOf(found, Math.min(found.length, MOST_ADDRESSES));
    } catch (TimeoutException tooLate) {
      throw new LookupTimedOut(host);
    } catch (ExecutionException failure) {
      throw unknown(host, failure);
    } catch (InterruptedException failure) {
      Thread.currentThread().interrupt();
      throw unknown(host, failure);
    }
  }

  private InetAddress[] find(String host, Semaphore turn) throws UnknownHostException {
    try {
      return names.find(host);
    } finally {
      turn.release();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** What waits for a thread is bounded by the turns of the accounts. */
  private static ExecutorService threads() {
    var threads =
        new ThreadPoolExecutor(
            MOST,
            MOST,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("name-lookup-", 1).daemon().factory());
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  private static UnknownHostException unknown(String host, Throwable cause) {
    var unknown = new UnknownHostException(host);
    unknown.initCause(cause);
    return unknown;
  }
}
