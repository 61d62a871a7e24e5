package dev.muster.channel;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.muster.account.AccountSid;
import dev.muster.channel.Permission.ByPolicies;
import dev.muster.channel.Permission.ByRole;
import dev.muster.channel.Permission.Role;
import dev.muster.web.Refused;
import dev.muster.web.Sid;
import dev.muster.worker.WorkerSid;
import dev.muster.worker.Workers;
import dev.muster.workspace.Tenant;
import dev.muster.workspace.Tenants;
import dev.muster.workspace.WorkspaceSid;
import java.text.ParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

/** Reads what tokens grant whose signature was found good. */
@Component
class Grants {

  private static final TypeReference<List<Policy.Claim>> POLICIES = new TypeReference<>() {};

  private final Tenants tenants;
  private final Workers workers;
  private final ObjectMapper json;

  Grants(Tenants tenants, Workers workers, ObjectMapper json) {
    this.tenants = tenants;
    this.workers = workers;
    this.json = json;
  }

  Pass ofAccess(JWTClaimsSet claims) throws ParseException {
    var grants = Objects.requireNonNullElse(claims.getJSONObjectClaim("grants"), Map.of());
    if (!(grants.get("task_router") instanceof Map<?, ?> grant)) {
      throw Tokens.invalid("a token with a task_router grant, but it has none");
    }
    var tenant = tenant(claims.getSubject(), grant.get("workspace_sid"));
    var worker = worker(tenant, grant.get("worker_sid"));
    return new Pass(
        tenant,
        worker.value(),
        worker,
        new ByRole(role(grant.get("role"))),
        claims.getExpirationTime().toInstant());
  }

  Pass ofCapability(JWTClaimsSet claims) throws ParseException {
    var tenant = tenant(claims.getIssuer(), claims.getClaim("workspace_sid"));
    var channel = Objects.toString(claims.getClaim("channel"), "");
    return new Pass(
        tenant,
        channel,
        Sid.is("WK", channel) ? worker(tenant, channel) : null,
        new ByPolicies(policies(claims.getClaim("policies"))),
        claims.getExpirationTime().toInstant());
  }

  private Tenant tenant(String account, @Nullable Object workspaceSid) {
    var workspace = Objects.toString(workspaceSid, "");
    if (!Sid.is("WS", workspace)) {
      throw Tokens.invalid("a token for a workspace, but it names none");
    }
    try {
      return tenants.get(new AccountSid(account), new WorkspaceSid(workspace));
    } catch (Refused notFound) {
      throw Tokens.invalid(
          "a token for a workspace of account %s, but %s is none".formatted(account, workspace));
    }
  }

  private WorkerSid worker(Tenant tenant, @Nullable Object workerSid) {
    var sid = Objects.toString(workerSid, "");
    if (!Sid.is("WK", sid) || workers.find(tenant.workspace(), new WorkerSid(sid)).isEmpty()) {
      throw Tokens.invalid(
          "a token for a worker of workspace %s, but it names '%.40s'"
              .formatted(tenant.workspace(), sid));
    }
    return new WorkerSid(sid);
  }

  /** Without a role, the least. */
  private static Role role(@Nullable Object name) {
    var text = Objects.toString(name, Role.WORKER.wireName());
    return Arrays.stream(Role.values())
        .filter(role -> role.wireName().equals(text))
        .findAny()
        .orElseThrow(
            () ->
                Tokens.invalid(
                    "a token with the role worker, supervisor or admin, but it has '%.40s'"
                        .formatted(text)));
  }

  private List<Policy> policies(@Nullable Object claim) {
    try {
      var policies = json.convertValue(claim == null ? List.of() : claim, POLICIES);
      return policies.stream().map(each -> each.policy().orElseThrow()).toList();
    } catch (JacksonException | NoSuchElementException malformed) {
      throw Tokens.invalid(
          "a token whose policies are objects with url, method, filters and allow, but they are not");
    }
  }
}
