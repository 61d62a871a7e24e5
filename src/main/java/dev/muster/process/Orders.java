package dev.muster.process;

import dev.muster.account.AccountSid;
import dev.muster.account.Accounts;
import dev.muster.web.Refused;
import dev.muster.web.Sid;
import dev.muster.workspace.Tenants;
import dev.muster.workspace.WorkspaceSid;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Reads what jobs ask for, and whether they may. */
@Component
class Orders {

  private final AccessSettings access;
  private final Accounts accounts;
  private final Tenants tenants;
  private final ObjectMapper json;

  Orders(AccessSettings access, Accounts accounts, Tenants tenants, ObjectMapper json) {
    this.access = access;
    this.accounts = accounts;
    this.tenants = tenants;
    this.json = json;
  }

  /**
   * Reads the variable {@link HandOver#ORDER}: the account, its workspace, and the parameters of
   * the task, which begin with a small letter.
   *
   * @throws Refused if it is none, or processes may not create tasks there
   */
  Order read(Map<String, Object> variables) {
    JsonNode order = json.valueToTree(variables.get(HandOver.ORDER));
    if (!order.isObject()) {
      throw Refused.invalid(
          "Expected the variable %s to say what task to create, but it is %s",
          HandOver.ORDER, order.isNull() ? "missing" : "no object");
    }
    return new Order(workspace(order, account(order)), order);
  }

  private AccountSid account(JsonNode order) {
    var account = new AccountSid(sid(order, HandOver.ACCOUNT_SID, "AC"));
    if (!access.mayReceive(account)) {
      throw Refused.invalid(
          "Expected %s.%s to be an account in whose workspaces processes may create tasks, but the operator has not listed %s",
          HandOver.ORDER, HandOver.ACCOUNT_SID, account);
    }
    if (!accounts.isActive(account)) {
      throw Refused.invalid(
          "Expected %s.%s to be an active account, but %s is not",
          HandOver.ORDER, HandOver.ACCOUNT_SID, account);
    }
    return account;
  }

  private WorkspaceSid workspace(JsonNode order, AccountSid account) {
    var workspace = new WorkspaceSid(sid(order, HandOver.WORKSPACE_SID, "WS"));
    if (tenants.owner(workspace).filter(account::equals).isEmpty()) {
      throw Refused.invalid(
          "Expected %s.%s to be a workspace of account %s, but it has no %s",
          HandOver.ORDER, HandOver.WORKSPACE_SID, account, workspace);
    }
    return workspace;
  }

  private static String sid(JsonNode order, String name, String prefix) {
    var text = order.path(name).asString("");
    if (!Sid.is(prefix, text)) {
      throw Refused.invalid(
          "Expected %s.%s to be a SID of the form %s followed by 32 hexadecimal digits, but got '%.80s'",
          HandOver.ORDER, name, prefix, text);
    }
    return text;
  }
}
