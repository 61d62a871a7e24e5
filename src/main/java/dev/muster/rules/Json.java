package dev.muster.rules;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a JSON object to values in their normal form, strictly: a name twice or anything after it
 * is refused.
 */
final class Json {

  static final int MAX_DEPTH = 64;

  private static final int SHOWN = 300;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(Values.MAX_NUMBER_LENGTH)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /**
   * The text is not what it should be; the message completes the sentence "Expected …, but got".
   */
  static final class Refusal extends IllegalArgumentException {

    private final @Nullable Position position;

    Refusal(String message, @Nullable Position position) {
      super(message);
      this.position = position;
    }

    /** Where the text stops making sense, if it is one place. */
    @Nullable Position position() {
      return position;
    }
  }

  private Json() {}

  /**
   * Reads the one object that the text is.
   *
   * @throws Refusal if it is something else
   */
  static Map<?, ?> object(String text) {
    return read(text, Json::members);
  }

  /**
   * Gives the parser, at its start, to somebody who reads the one object that the text is.
   *
   * @throws Refusal if it is something else
   */
  static <T> T read(String text, Function<JsonParser, T> reader) {
    try (var parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      var first = parser.nextToken();
      if (first != JsonToken.START_OBJECT) {
        throw new Refusal(
            first == null ? "nothing" : "a JSON " + kind(first),
            position(parser.currentTokenLocation()));
      }
      var read = reader.apply(parser);
      if (parser.nextToken() != null) {
        throw new Refusal("more text after the object", position(parser.currentTokenLocation()));
      }
      return read;
    } catch (JacksonException malformed) {
      throw new Refusal(
          Values.shown(String.valueOf(malformed.getOriginalMessage()), SHOWN),
          position(malformed.getLocation()));
    }
  }

  private static Map<?, ?> members(JsonParser parser) {
    var object = new LinkedHashMap<String, @Nullable Object>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = parser.currentName();
      object.put(name, value(parser, parser.nextToken()));
    }
    return Collections.unmodifiableMap(object);
  }

  private static Object array(JsonParser parser) {
    var array = new ArrayList<@Nullable Object>();
    for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
      array.add(value(parser, token));
    }
    return Collections.unmodifiableList(array);
  }

  private static @Nullable Object value(JsonParser parser, JsonToken token) {
    return switch (token) {
      case START_OBJECT -> members(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new IllegalStateException("Expected a JSON value, but the parser gave " + token);
    };
  }

  private static BigDecimal number(JsonParser parser) {
    try {
      return Values.number(parser.getDecimalValue());
    } catch (ArithmeticException | IllegalArgumentException number) {
      throw new Refusal(
          "a number out of range: " + number.getMessage(), position(parser.currentTokenLocation()));
    }
  }

  private static @Nullable Position position(@Nullable TokenStreamLocation at) {
    return at == null || at.getLineNr() < 1
        ? null
        : new Position(at.getLineNr(), Math.max(1, at.getColumnNr()));
  }

  private static String kind(JsonToken token) {
    return switch (token) {
      case START_ARRAY -> "array";
      case VALUE_STRING -> "string";
      case VALUE_NULL -> "null";
      case VALUE_TRUE, VALUE_FALSE -> "boolean";
      default -> "number";
    };
  }
}
