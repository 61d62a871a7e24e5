package dev.muster.workflow;

import dev.muster.rules.Warning;
import org.jspecify.annotations.Nullable;

/**
 * A warning on the wire.
 *
 * @param line in the document's text, from 1
 * @param column in that line, from 1
 */
public record OddPlace(
    String code, String message, String where, @Nullable Integer line, @Nullable Integer column) {

  static OddPlace of(Warning warning) {
    var position = warning.position();
    return new OddPlace(
        warning.code().text(),
        warning.message(),
        warning.where(),
        position == null ? null : position.line(),
        position == null ? null : position.column());
  }
}
