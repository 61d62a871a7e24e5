package dev.muster.bench;

import com.twilio.jwt.accesstoken.AccessToken;
import com.twilio.jwt.accesstoken.TaskRouterGrant;
import dev.muster.local.Caller;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * How long after an offer was made its worker's socket tells it, while tasks come at a steady rate
 * and every worker has a socket open.
 *
 * @param seen from the reservation's {@code created_at}, shortly before its transaction commits
 * @param unseen offers that no socket told
 */
record SocketLatency(Percentiles seen, long unseen, long errors) {

  static final int PER_SECOND = 50;

  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration REST = Duration.ofSeconds(3);
  private static final Pattern WORKER = Pattern.compile("\"sid\":\"(WK\\w{32})\"");

  /** A worker who takes what is offered and is done with it at once. */
  private record Taker(
      Caller caller, Workplace workplace, Map<String, Instant> arrivals, StringBuilder text)
      implements WebSocket.Listener {

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        hear(new Caller.Answer(text.toString()));
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    private void hear(Caller.Answer frame) {
      if (frame.body().startsWith("{\"event_type\":\"reservation.created\"")) {
        arrivals.put(frame.text("sid").orElseThrow(), Instant.now());
        Thread.startVirtualThread(() -> take(frame));
      }
    }

    private void take(Caller.Answer frame) {
      var task = workplace.path() + "/Tasks/" + frame.text("task_sid").orElseThrow();
      caller.post(
          task + "/Reservations/" + frame.text("sid").orElseThrow(),
          "ReservationStatus",
          "accepted");
      caller.post(task, "AssignmentStatus", "completed");
    }
  }

  static SocketLatency measure(Site site, Duration span) {
    var arrivals = new ConcurrentHashMap<String, Instant>();
    var number = new AtomicLong();
    try (var http = HttpClient.newHttpClient()) {
      var sockets = open(site, arrivals, http);
      Instant from;
      long errors;
      try (var pace = new Pace(() -> create(site, number.getAndIncrement()))) {
        pace.rate(PER_SECOND);
        LockSupport.parkNanos(WARM_UP.toNanos());
        from = Instant.now();
        LockSupport.parkNanos(span.toNanos());
        pace.rate(0);
        LockSupport.parkNanos(REST.toNanos());
        errors = pace.errors();
      }
      sockets.forEach(WebSocket::abort);
      return compare(site, from, arrivals, errors);
    }
  }

  private static void create(Site site, long number) {
    site.caller()
        .post(
            site.workplace().path() + "/Tasks",
            "WorkflowSid",
            site.workplace().workflowSid(),
            "Attributes",
            Workplace.attributes(number));
  }

  private static List<WebSocket> open(Site site, Map<String, Instant> arrivals, HttpClient http) {
    var workplace = site.workplace();
    var account = site.caller().get(workplace.path()).text("account_sid").orElseThrow();
    var key = site.caller().post("/2010-04-01/Accounts/" + account + "/Keys.json");
    var workers = site.caller().get(workplace.path() + "/Workers?PageSize=1000").body();
    var server = site.muster().base().toString().replaceFirst("^http", "ws") + "/v1/wschannels";
    var sockets = new ArrayList<WebSocket>();
    WORKER
        .matcher(workers)
        .results()
        .map(found -> token(account, key, workplace.workspaceSid(), found.group(1)))
        .map(token -> URI.create(server + "?token=" + token))
        .forEach(
            address -> {
              var taker = new Taker(site.caller(), workplace, arrivals, new StringBuilder());
              sockets.add(http.newWebSocketBuilder().buildAsync(address, taker).join());
            });
    return sockets;
  }

  private static String token(String account, Caller.Answer key, String workspace, String worker) {
    var secret = key.text("secret").orElseThrow().getBytes(StandardCharsets.UTF_8);
    return new AccessToken.Builder(account, key.text("sid").orElseThrow(), secret)
        .identity(worker)
        .ttl(3600)
        .grant(
            new TaskRouterGrant().setWorkspaceSid(workspace).setWorkerSid(worker).setRole("worker"))
        .build()
        .toJwt();
  }

  private static SocketLatency compare(
      Site site, Instant from, Map<String, Instant> arrivals, long errors) {
    var seen = new Percentiles();
    var unseen = new AtomicLong();
    site.rows()
        .sql("SELECT sid, created_at FROM reservation WHERE workspace_sid = ? AND created_at >= ?")
        .params(site.workplace().workspaceSid(), Timestamp.from(from))
        .query(
            row -> {
              var made = row.getTimestamp("created_at").toInstant();
              var arrival = arrivals.get(row.getString("sid"));
              if (arrival == null) {
                unseen.incrementAndGet();
              } else {
                seen.add(Duration.between(made, arrival).toNanos());
              }
            });
    return new SocketLatency(seen, unseen.get(), errors);
  }
}
