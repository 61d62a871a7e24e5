package dev.muster.policy;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells in a few lines why Muster does not start with these policies. */
final class PoliciesRefusedAnalyzer extends AbstractFailureAnalyzer<PoliciesRefused> {

  @Override
  protected FailureAnalysis analyze(Throwable failure, PoliciesRefused refused) {
    return new FailureAnalysis(
        "The operator's policies cannot be read. " + refused.getMessage() + ".",
        "Mend the file, or let MUSTER_POLICY_FOLDER name the folder that holds the policies.",
        refused);
  }
}
