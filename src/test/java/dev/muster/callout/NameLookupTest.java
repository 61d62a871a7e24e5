package dev.muster.callout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.account.AccountSid;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Names of which some have a name server that does not answer. */
class NameLookupTest {

  private static final String STALLS = "stalls.example";
  private static final String ANSWERS = "answers.example";

  private final CountDownLatch answered = new CountDownLatch(1);
  private final AtomicInteger stalled = new AtomicInteger();
  private final NameLookup names = new NameLookup(this::find, Duration.ofSeconds(1));

  @AfterEach
  void close() {
    answered.countDown();
    names.close();
  }

  @Test
  void letsAnAccountWhoseNamesStallWaitForItselfAlone() throws UnknownHostException {
    stall(1, NameLookup.MOST_PER_ACCOUNT + 4);

    assertThatThrownBy(() -> names.of(account(1)).resolve(ANSWERS))
        .isInstanceOf(LookupTimedOut.class);
    assertThat(names.of(account(2)).resolve(ANSWERS)).hasSize(1);
    assertThat(stalled).hasValue(NameLookup.MOST_PER_ACCOUNT);

    answered.countDown();
    await().untilAsserted(() -> assertThat(names.of(account(1)).resolve(ANSWERS)).hasSize(1));
  }

  @Test
  void looksUpOnlySoManyNamesAtOnceHoweverManyAccountsAsk() {
    var accounts = NameLookup.MOST / NameLookup.MOST_PER_ACCOUNT + 1;
    stall(accounts, NameLookup.MOST_PER_ACCOUNT);

    assertThatThrownBy(() -> names.of(account(accounts + 1)).resolve(ANSWERS))
        .isInstanceOf(LookupTimedOut.class);
    assertThat(stalled).hasValue(NameLookup.MOST);

    answered.countDown();
    await().untilAsserted(() -> assertThat(names.of(account(1)).resolve(ANSWERS)).hasSize(1));
  }

  @Test
  void tellsWhatStallsFromWhatDoesNotExist() {
    var callout =
        Callout.post(account(1), URI.create("http://nowhere/"), List.of(), Duration.ofSeconds(1));

    assertThatThrownBy(() -> names.of(account(1)).resolve("nowhere"))
        .isInstanceOf(UnknownHostException.class)
        .isNotInstanceOf(LookupTimedOut.class);
    assertThat(Failure.sentence(callout, new LookupTimedOut("nowhere")))
        .isEqualTo(
            "Expected the name nowhere to be looked up in time, but its name server, or that of another name of this account, does not answer");
  }

  /** So many names of each account, at once; nobody waits for them when it returns. */
  private void stall(int accounts, int each) {
    try (var askers = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked =
          IntStream.range(0, accounts * each)
              .mapToObj(number -> account(1 + number % accounts))
              .map(account -> askers.submit(() -> names.of(account).resolve(STALLS)))
              .toList();
      for (Future<?> look : asked) {
        assertThatThrownBy(look::get)
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(LookupTimedOut.class);
      }
    }
  }

  private InetAddress[] find(String host) throws UnknownHostException {
    switch (host) {
      case STALLS -> stall();
      case ANSWERS -> {}
      default -> throw new UnknownHostException(host);
    }
    return new InetAddress[] {InetAddress.getLoopbackAddress()};
  }

  private void stall() {
    stalled.incrementAndGet();
    try {
      answered.await();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private static AccountSid account(int number) {
    return new AccountSid("AC%032d".formatted(number));
  }
}
