package dev.muster.callout;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.BasicHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.io.DetachedSocketFactory;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.Lookup;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * One request and its answer over HTTP/1.1, with everything switched off that would lead anywhere
 * else than to the address that was asked for: redirects, proxies, retries, cookies. Every request
 * has a connection of its own, so that none fails because the other side just closed an old one.
 */
@Component
class HttpExchange implements AutoCloseable {

  private static final int LONGEST_LINE = 8 * 1024;
  private static final int MOST_HEADERS = 100;

  /** What came back; the body is cut at the largest size that is read. */
  record Answer(int status, @Nullable String mediaType, String body, boolean whole) {}

  private final CalloutSettings settings;
  private final NameLookup names;
  private final DetachedSocketFactory sockets;
  private final Lookup<TlsSocketStrategy> tls;
  private final ManagedHttpClientConnectionFactory connections;

  HttpExchange(CalloutSettings settings, NetworkPolicy policy) {
    this.settings = settings;
    this.names = new NameLookup(InetAddress::getAllByName, settings.connectTimeout());
    this.sockets = proxy -> new GuardedSocket(policy);
    this.tls =
        RegistryBuilder.<TlsSocketStrategy>create()
            .register(URIScheme.HTTPS.id, DefaultClientTlsStrategy.createDefault())
            .build();
    var limits =
        Http1Config.custom().setMaxLineLength(LONGEST_LINE).setMaxHeaderCount(MOST_HEADERS).build();
    this.connections = ManagedHttpClientConnectionFactory.builder().http1Config(limits).build();
  }

  /**
   * Sends the request of a callout and reads the answer. Canceling the request ends it.
   *
   * @throws IOException if there is no answer
   */
  Answer send(Callout callout, HttpPost request) throws IOException {
    request.setConfig(
        RequestConfig.custom()
            .setResponseTimeout(Timeout.of(callout.within()))
            .setAuthenticationEnabled(false)
            .setProtocolUpgradeEnabled(false)
            .build());
    var target = HttpHost.create(callout.url());
    var client = client(names.of(callout.account()));
    try {
      var response = client.executeOpen(target, request, HttpClientContext.create());
      return answer(response);
    } finally {
      // Closes the connection at once; the response would first read an endless answer to its end.
      client.close(CloseMode.IMMEDIATE);
    }
  }

  private Answer answer(ClassicHttpResponse response) throws IOException {
    var entity = response.getEntity();
    if (entity == null) {
      return new Answer(response.getCode(), null, "", true);
    }
    var most = Math.toIntExact(settings.largestAnswer().toBytes());
    var bytes = entity.getContent().readNBytes(most + 1);
    var length = Math.min(bytes.length, most);
    return new Answer(
        response.getCode(),
        mediaType(entity),
        new String(bytes, 0, length, StandardCharsets.UTF_8),
        bytes.length <= most);
  }

  private static @Nullable String mediaType(HttpEntity entity) {
    var type = ContentType.parseLenient(entity.getContentType());
    return type == null || type.getMimeType() == null
        ? null
        : type.getMimeType().toLowerCase(Locale.ROOT);
  }

  /** For one request: a pool would keep an entry for every host that was ever called. */
  private CloseableHttpClient client(DnsResolver resolver) {
    var connect = Timeout.of(settings.connectTimeout());
    var operator =
        new DefaultHttpClientConnectionOperator(
            sockets, DefaultSchemePortResolver.INSTANCE, resolver, tls);
    var connection = new BasicHttpClientConnectionManager(operator, connections);
    connection.setConnectionConfig(ConnectionConfig.custom().setConnectTimeout(connect).build());
    connection.setTlsConfig(TlsConfig.custom().setHandshakeTimeout(connect).build());
    return HttpClients.custom()
        .setConnectionManager(connection)
        .setConnectionReuseStrategy((request, response, context) -> false)
        .setUserAgent(settings.userAgent())
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .build();
  }

  @Override
  public void close() {
    names.close();
  }
}
