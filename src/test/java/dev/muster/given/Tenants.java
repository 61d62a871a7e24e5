package dev.muster.given;

import com.twilio.http.NetworkHttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.taskrouter.v1.Workspace;
import java.net.URI;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** Opens accounts, each with a workspace of its own. */
public class Tenants {

  private final WebServerApplicationContext server;

  Tenants(WebServerApplicationContext server) {
    this.server = server;
  }

  /** A new account and workspace. */
  public Given open() {
    var base = URI.create("http://localhost:" + server.getWebServer().getPort());
    var operator = new Wire(base, RealParts.FIRST_ACCOUNT, RealParts.FIRST_TOKEN);
    var answer = operator.post("/2010-04-01/Accounts.json");
    var account = JsonMapper.shared().readTree(answer.body());
    var sid = account.get("sid").asString();
    var token = account.get("auth_token").asString();
    var client = new TwilioRestClient.Builder(sid, token).httpClient(new Rebasing(base)).build();
    var workspace = Workspace.creator("Support").create(client);
    return new Given(sid, workspace.getSid(), client, new Wire(base, sid, token));
  }

  /** Sends what is meant for the public service to this one. */
  private static final class Rebasing extends NetworkHttpClient {

    private final URI base;

    Rebasing(URI base) {
      this.base = base;
    }

    @Override
    public Response makeRequest(Request in) {
      var url = URI.create(in.getUrl());
      var query = url.getRawQuery();
      var out =
          new Request(in.getMethod(), base + url.getRawPath() + (query == null ? "" : "?" + query));
      out.setAuth(in.getUsername(), in.getPassword());
      in.getQueryParams().forEach((k, v) -> v.forEach(x -> out.addQueryParam(k, x)));
      in.getPostParams().forEach((k, v) -> v.forEach(x -> out.addPostParam(k, x)));
      in.getHeaderParams().forEach((k, v) -> v.forEach(x -> out.addHeaderParam(k, x)));
      out.setContentType(in.getContentType());
      return super.makeRequest(out);
    }
  }
}
