package dev.muster.rules;

import dev.muster.rules.Tokens.Kind;
import dev.muster.rules.Warning.Code;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects warnings and finds their positions at the end, in one reading of the text. */
final class Findings {

  /** A warning, and the name in the text of an expression that it is about, if it is about one. */
  private record Finding(Code code, String message, String where, @Nullable Path name) {}

  private final Set<Finding> findings = new LinkedHashSet<>();

  void add(Code code, String where, String message) {
    add(code, where, message, null);
  }

  void add(Code code, String where, String message, @Nullable Path name) {
    if (findings.size() < Lint.MAX_WARNINGS) {
      findings.add(new Finding(code, message, where, name));
    }
  }

  /**
   * The warnings in the order in which they were found.
   *
   * @param json the text of the document, or null if it is not known
   */
  List<Warning> warnings(@Nullable String json) {
    var places =
        json == null
            ? null
            : Places.in(json, findings.stream().map(Finding::where).collect(Collectors.toSet()));
    var warnings = new ArrayList<Warning>();
    for (var finding : findings) {
      var position = places == null ? null : position(places, finding);
      warnings.add(new Warning(finding.code(), finding.message(), finding.where(), position));
    }
    return List.copyOf(warnings);
  }

  private static Position position(Places places, Finding finding) {
    var text = places.text(finding.where());
    return text == null || finding.name() == null
        ? places.of(finding.where())
        : places.of(finding.where(), column(text, finding.name()));
  }

  /** Where the expression first reads the path, from 1; 1 if it spells it in an unusual way. */
  private static int column(String text, Path path) {
    var tokens = new Tokens(text);
    boolean inside = false;
    while (tokens.peek().kind() != Kind.END) {
      var token = tokens.take();
      int start = token.column() - 1;
      if (token.kind() == Kind.NAME
          && !inside
          && text.startsWith(path.text(), start)
          && !continues(text, start + path.text().length())) {
        return token.column();
      }
      inside = token.is(".");
    }
    return 1;
  }

  private static boolean continues(String text, int end) {
    return end < text.length()
        && (Character.isLetterOrDigit(text.charAt(end)) || "_$.[".indexOf(text.charAt(end)) >= 0);
  }
}
