package dev.muster.policy;

import dev.muster.rules.Policies;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The policies in force: those of the folder, as it was when it could be read last.
 *
 * <p>A change is taken over as soon as two looks in a row saw the same, so that neither a file that
 * is still being written nor one of two files that belong together counts for itself. Each node
 * looks for itself.
 */
@Component
public class PresentPolicies {

  private static final Logger LOG = LoggerFactory.getLogger(PresentPolicies.class);

  private final PolicyFolder folder;
  private volatile Policies policies;
  private volatile @Nullable String trouble;
  private Sight last;
  private Sight judged;

  /**
   * Reads the policies, or keeps Muster from starting.
   *
   * @throws PoliciesRefused if they cannot be read
   */
  PresentPolicies(PolicyFolder folder) {
    this.folder = folder;
    this.last = folder.look();
    this.judged = last;
    this.policies = last.policies();
    if (folder.isThere()) {
      LOG.info("{} policies of the operator in {} are in force", policies.list().size(), folder);
    } else {
      LOG.info("There is no folder {}, so there are no policies of the operator", folder);
    }
  }

  /** The policies that count from now on until they change. */
  public Policies get() {
    return policies;
  }

  /** Why the files as they are now are not in force; null if they are. */
  @Nullable String trouble() {
    return trouble;
  }

  /** Looks whether the files have changed. */
  @Scheduled(fixedDelayString = "${muster.policy.look-every:2s}")
  synchronized void look() {
    var seen = folder.look();
    var standsStill = seen.equals(last);
    last = seen;
    if (standsStill && !seen.equals(judged)) {
      judged = seen;
      follow(seen);
    }
  }

  private void follow(Sight seen) {
    try {
      policies = seen.policies();
      trouble = null;
      LOG.info(
          "The policies in {} changed; {} of them are in force", folder, policies.list().size());
    } catch (PoliciesRefused refused) {
      trouble = refused.getMessage();
      LOG.warn(
          "The policies in {} changed, but cannot be read; those from before stay in force: {}",
          folder,
          trouble);
    }
  }
}
