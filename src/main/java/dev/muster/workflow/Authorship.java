package dev.muster.workflow;

import dev.muster.account.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a version of a workflow, and why.
 *
 * @param author the sid of the credentials, or what else made it
 * @param comment in the author's words; null if none were given
 */
public record Authorship(String author, @Nullable String comment) {

  /** The caller, without a word. */
  static Authorship of(Caller caller) {
    return new Authorship(caller.sid(), null);
  }

  /** The caller; a blank comment is none. */
  public static Authorship of(Caller caller, @Nullable String comment) {
    return new Authorship(
        caller.sid(), comment == null || comment.isBlank() ? null : comment.strip());
  }
}
