package dev.muster.rules;

import java.util.Set;

/**
 * Cuts the text of an expression into tokens, one at a time, so that the leftmost mistake is the
 * one reported.
 */
final class Tokens {

  enum Kind {
    NAME,
    STRING,
    NUMBER,
    SIGN,
    END
  }

  /** A token, its text (of a string: without quotes and escapes), and the column it starts at. */
  record Token(Kind kind, String text, int column) {

    boolean is(String sign) {
      return kind == Kind.SIGN && text.equals(sign);
    }

    /** Keywords are names; their case does not matter. */
    boolean isWord(String word) {
      return kind == Kind.NAME && text.equalsIgnoreCase(word);
    }
  }

  private static final Set<String> LONG_SIGNS = Set.of("==", "!=", ">=", "<=", ">-", "<-");
  private static final String SHORT_SIGNS = "=<>()[],.";
  private static final int SHOWN = 20;

  private final String text;
  private int at;
  private Token next = new Token(Kind.SIGN, "", 0);

  Tokens(String text) {
    this.text = text;
    if (text.length() > Expression.MAX_LENGTH) {
      throw new ExpressionError(
          "at most " + Expression.MAX_LENGTH + " characters",
          text.length() + " characters",
          Expression.MAX_LENGTH + 1,
          text);
    }
    this.next = scan();
  }

  Token peek() {
    return next;
  }

  Token take() {
    var taken = next;
    next = scan();
    return taken;
  }

  boolean takeSign(String sign) {
    return next.is(sign) && take() != null;
  }

  boolean takeWord(String word) {
    return next.isWord(word) && take() != null;
  }

  /** The refusal of the next token. */
  ExpressionError unexpected(String expected) {
    return unexpected(expected, next);
  }

  ExpressionError unexpected(String expected, Token token) {
    return new ExpressionError(expected, found(token.column()), token.column(), text);
  }

  ExpressionError beyond(String limit, String found) {
    return new ExpressionError(limit, found, next.column(), text);
  }

  private Token scan() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    int start = at;
    if (start == text.length()) {
      return new Token(Kind.END, "", start + 1);
    }
    char first = text.charAt(start);
    if (isNameStart(first)) {
      return name();
    }
    if (isDigit(start) || first == '-' && isDigit(start + 1)) {
      return number();
    }
    if (first == '"' || first == '\'') {
      return string(first);
    }
    int end = Math.min(start + 2, text.length());
    if (LONG_SIGNS.contains(text.substring(start, end))) {
      return sign(2);
    }
    if (SHORT_SIGNS.indexOf(first) >= 0) {
      return sign(1);
    }
    throw new ExpressionError(
        next.kind() == Kind.SIGN && !next.is(")") && !next.is("]")
            ? "a name or a value"
            : "an operator",
        found(start + 1),
        start + 1,
        text);
  }

  private Token sign(int length) {
    at += length;
    return new Token(Kind.SIGN, text.substring(at - length, at), at - length + 1);
  }

  private Token name() {
    int start = at;
    while (at < text.length() && (isNameStart(text.charAt(at)) || isDigit(at))) {
      at++;
    }
    return new Token(Kind.NAME, text.substring(start, at), start + 1);
  }

  private Token number() {
    int start = at++;
    digits();
    if (at < text.length() && text.charAt(at) == '.' && isDigit(at + 1)) {
      at++;
      digits();
    }
    if (at - start > Values.MAX_NUMBER_LENGTH) {
      var limit = "a number of at most " + Values.MAX_NUMBER_LENGTH + " characters";
      throw new ExpressionError(limit, found(start + 1), start + 1, text);
    }
    return new Token(Kind.NUMBER, text.substring(start, at), start + 1);
  }

  private Token string(char quote) {
    int start = at++;
    var value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      boolean escaped = text.charAt(at) == '\\' && at + 1 < text.length();
      at += escaped ? 1 : 0;
      char c = text.charAt(at++);
      value.append(escaped ? unescaped(c) : c);
    }
    if (at >= text.length()) {
      throw new ExpressionError("a closing " + quote, "the end", text.length() + 1, text);
    }
    at++;
    return new Token(Kind.STRING, value.toString(), start + 1);
  }

  private static char unescaped(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> c;
    };
  }

  private void digits() {
    while (isDigit(at)) {
      at++;
    }
  }

  private boolean isDigit(int index) {
    return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
  }

  private static boolean isNameStart(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '$';
  }

  /** What stands at the column, up to the next blank, for a message. */
  private String found(int column) {
    int start = column - 1;
    if (start >= text.length()) {
      return "the end";
    }
    int end = start + 1;
    while (end < text.length()
        && end - start < SHOWN
        && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return "'" + text.substring(start, end) + "'";
  }
}
