package dev.muster.policy;

import dev.muster.rules.Policies;
import dev.muster.rules.PolicyError;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What one look at the folder saw: the texts of its files by path, or why they cannot be read. Two
 * looks that saw the same are equal.
 */
record Sight(SortedMap<String, String> texts, @Nullable String trouble) {

  /**
   * The policies that are switched on, in the order of the files.
   *
   * @throws PoliciesRefused if they cannot be read
   */
  Policies policies() {
    if (trouble != null) {
      throw new PoliciesRefused(trouble);
    }
    var policies = Policies.NONE;
    try {
      for (var file : texts.entrySet()) {
        policies = policies.and(file.getKey(), file.getValue());
      }
    } catch (PolicyError error) {
      throw new PoliciesRefused(String.valueOf(error.getMessage()), error);
    }
    return policies.switchedOn();
  }
}
