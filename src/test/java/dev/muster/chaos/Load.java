package dev.muster.chaos;

import dev.muster.bench.Pace;
import dev.muster.local.Caller;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Tasks at a steady rate, and the workers who take them. */
final class Load implements AutoCloseable {

  private final Pace pace;
  private final List<Person> people;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  Load(Caller caller, Office office, History history) {
    var creators = new Creators(caller, office, history);
    var firstOffers = new ConcurrentHashMap<String, String>();
    pace = new Pace(creators::create);
    people =
        office.workers().stream()
            .map(sid -> new Person(sid, caller, office, creators, history, firstOffers))
            .toList();
    people.forEach(executor::execute);
  }

  /** From now on. */
  void rate(double perSecond) {
    pace.rate(perSecond);
  }

  /** Sends no more tasks for good, and waits for those on their way; the workers go on. */
  void sendNoMore() {
    pace.close();
  }

  /** Everybody goes home. */
  @Override
  public void close() {
    pace.close();
    people.forEach(Person::leave);
    executor.close();
  }
}
