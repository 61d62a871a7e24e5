package dev.muster.given;

import com.twilio.rest.taskrouter.v1.Workspace;
import dev.muster.local.RebasingHttpClient;
import java.net.URI;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** Opens accounts, each with a workspace of its own. */
public class GivenTenants {

  private final WebServerApplicationContext server;

  GivenTenants(WebServerApplicationContext server) {
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
    var client = RebasingHttpClient.client(base, sid, token);
    var workspace = Workspace.creator("Support").create(client);
    return new Given(sid, workspace.getSid(), client, new Wire(base, sid, token));
  }
}
