package dev.muster.callout;

import dev.muster.callout.HttpExchange.Answer;
import dev.muster.callout.Reply.Answered;
import dev.muster.callout.Reply.Unanswered;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import org.springframework.stereotype.Component;

/**
 * Sends requests to addresses that tenants chose: over http or https alone, following no redirect,
 * only to addresses that the operator lets them reach, reading no more than the settings say, and
 * ending when their time is over. Bounds nothing but the single request; who sends many bounds how
 * many go at once.
 */
@Component
public class Callouts implements AutoCloseable {

  private static final int HIGHEST_PORT = 65_535;

  private final ExecutorService exchanges =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("callout-", 1).factory());
  private final HttpExchange http;

  Callouts(HttpExchange http) {
    this.http = http;
  }

  /**
   * Sends a request and waits for its answer, for as long as the callout says. Meant for virtual
   * threads, since it waits.
   *
   * @throws IllegalStateException if the thread is interrupted; nothing is known about the request
   */
  public Reply send(Callout callout) {
    var started = System.nanoTime();
    if (!isCallable(callout.url())) {
      return new Unanswered(
          "Expected an absolute http or https URL, but got '%s'".formatted(callout.url()),
          Duration.ZERO);
    }
    var request = request(callout);
    var exchange = exchanges.submit(() -> http.send(callout, request));
    try {
      var answer = exchange.get(callout.within().toMillis(), TimeUnit.MILLISECONDS);
      return answered(answer, since(started));
    } catch (TimeoutException tooLate) {
      return new Unanswered(Failure.tooLate(callout), since(started));
    } catch (ExecutionException failure) {
      return new Unanswered(Failure.sentence(callout, cause(failure)), since(started));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    } finally {
      request.cancel();
    }
  }

  private static boolean isCallable(URI url) {
    var scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    return url.getHost() != null
        && url.getPort() <= HIGHEST_PORT
        && List.of("http", "https").contains(scheme);
  }

  private static Reply answered(Answer answer, Duration took) {
    return new Answered(answer.status(), answer.mediaType(), answer.body(), answer.whole(), took);
  }

  private static Throwable cause(ExecutionException failure) {
    return Objects.requireNonNullElse(failure.getCause(), failure);
  }

  private static Duration since(long started) {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  private static HttpPost request(Callout callout) {
    var request = new HttpPost(withoutUser(callout.url()));
    request.setHeader("Accept", "*/*");
    var user = callout.url().getUserInfo();
    if (user != null) {
      request.setHeader("Authorization", Callout.basic(user));
    }
    callout.headers().forEach(request::setHeader);
    var fields =
        callout.form().stream()
            .<NameValuePair>map(field -> new BasicNameValuePair(field.name(), field.value()))
            .toList();
    request.setEntity(new UrlEncodedFormEntity(fields, StandardCharsets.UTF_8));
    return request;
  }

  /** What is left is taken over as it is spelled, as far as ASCII can spell it. */
  private static URI withoutUser(URI spelled) {
    var url = URI.create(spelled.toASCIIString());
    var authority = url.getRawAuthority();
    var host = authority.substring(authority.lastIndexOf('@') + 1);
    var path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    var query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    return URI.create(url.getScheme() + "://" + host + path + query);
  }

  @Override
  public void close() {
    exchanges.shutdownNow();
  }
}
