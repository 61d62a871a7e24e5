package dev.muster.process;

import dev.muster.account.AccountSid;
import dev.muster.workflow.ProcessId;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What tenants may do with processes, and processes with tenants: nothing, unless the operator says
 * so.
 *
 * @param processes which processes the workflows of which accounts may name, and may accept and
 *     complete the accounts' tasks. Each entry is an account, or {@code *} for all, a colon, and
 *     the id of a process, or how the ids begin and {@code *}: {@code AC…:acme-*}
 * @param accounts in whose workspaces processes may create tasks; {@code *} for all
 */
@ConfigurationProperties("muster.process.access")
record AccessSettings(@DefaultValue List<String> processes, @DefaultValue List<String> accounts) {

  private static final String ALL = "*";
  private static final Pattern ACCOUNT = Pattern.compile("AC[0-9a-f]{32}|\\*");
  private static final Pattern PROCESS =
      Pattern.compile("(?:%s):(?:[A-Za-z_][A-Za-z0-9_.-]*\\*?|\\*)".formatted(ACCOUNT));

  AccessSettings {
    require(PROCESS, processes, "processes", "AC…:approved-task or *:acme-*");
    require(ACCOUNT, accounts, "accounts", "an account SID or *");
  }

  private static void require(Pattern form, List<String> entries, String name, String expected) {
    for (var entry : entries) {
      if (!form.matcher(entry).matches()) {
        throw new IllegalArgumentException(
            "Expected muster.process.access.%s to hold entries of the form %s, but got '%s'"
                .formatted(name, expected, entry));
      }
    }
  }

  /** Whether the workflows of the account may name the process, and it may act on its tasks. */
  boolean mayName(AccountSid account, ProcessId process) {
    return processes.stream()
        .map(entry -> entry.split(":", 2))
        .anyMatch(
            entry ->
                (entry[0].equals(ALL) || entry[0].equals(account.value()))
                    && matches(entry[1], process.value()));
  }

  private static boolean matches(String pattern, String process) {
    return pattern.endsWith(ALL)
        ? process.startsWith(pattern.substring(0, pattern.length() - 1))
        : process.equals(pattern);
  }

  /** Whether processes may create tasks in the account's workspaces. */
  boolean mayReceive(AccountSid account) {
    return accounts.contains(ALL) || accounts.contains(account.value());
  }
}
