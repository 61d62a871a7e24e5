package dev.muster.callout;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks names up on platform threads: a look-up cannot be interrupted and would keep a virtual
 * thread's carrier from everybody else for as long as a tenant's name server likes.
 */
final class NameLookup implements DnsResolver, AutoCloseable {

  /** More are not tried in the time that a request has. */
  private static final int MOST_ADDRESSES = 4;

  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().name("name-lookup-", 1).daemon().factory());
  private final Duration limit;

  NameLookup(Duration limit) {
    this.limit = limit;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    var lookup = threads.submit(() -> InetAddress.getAllByName(host));
    try {
      var found = lookup.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return Arrays.copyOf(found, Math.min(found.length, MOST_ADDRESSES));
    } catch (ExecutionException | TimeoutException failure) {
      throw unknown(host, failure);
    } catch (InterruptedException failure) {
      Thread.currentThread().interrupt();
      throw unknown(host, failure);
    }
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private static UnknownHostException unknown(String host, Throwable cause) {
    var unknown = new UnknownHostException(host);
    unknown.initCause(cause);
    return unknown;
  }
}
