package dev.muster.channel;

import com.twilio.jwt.accesstoken.AccessToken;
import com.twilio.jwt.accesstoken.TaskRouterGrant;
import com.twilio.jwt.taskrouter.Policy;
import com.twilio.jwt.taskrouter.PolicyUtils;
import com.twilio.jwt.taskrouter.TaskRouterCapability;
import dev.muster.given.Given;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes tokens as a tenant's server does: with the official library. */
record WorkerTokens(Given tenant, String keySid, String keySecret) {

  static final int HOUR = 3600;

  static WorkerTokens of(Given tenant) {
    var account = tenant.wire().user();
    var made = tenant.wire().post("/2010-04-01/Accounts/" + account + "/Keys.json");
    return new WorkerTokens(tenant, made.text("sid"), made.text("secret"));
  }

  String access(String workerSid, String role, int seconds) {
    return access(tenant.workspace(), workerSid, role, seconds);
  }

  String worker(String workerSid) {
    return access(workerSid, "worker", HOUR);
  }

  String access(String workspaceSid, String workerSid, String role, int seconds) {
    var grant =
        new TaskRouterGrant().setWorkspaceSid(workspaceSid).setWorkerSid(workerSid).setRole(role);
    return new AccessToken.Builder(
            tenant.wire().user(), keySid, keySecret.getBytes(StandardCharsets.UTF_8))
        .identity("anna")
        .ttl(seconds)
        .grant(grant)
        .build()
        .toJwt();
  }

  /** With the policies that the library gives every worker, and some more. */
  String capability(String workerSid, Policy... more) {
    var account = tenant.wire().user();
    var policies = new ArrayList<Policy>();
    policies.addAll(PolicyUtils.defaultEventBridgePolicies(account, workerSid));
    policies.addAll(PolicyUtils.defaultWorkerPolicies(tenant.workspace(), workerSid));
    policies.addAll(List.of(more));
    return new TaskRouterCapability.Builder(
            account,
            tenant.wire().password().getBytes(StandardCharsets.UTF_8),
            tenant.workspace(),
            workerSid)
        .policies(policies)
        .build()
        .toJwt();
  }
}
