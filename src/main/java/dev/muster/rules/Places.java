package dev.muster.rules;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Where the values of some places stand in the text of a JSON object. Looked up only when there is
 * something to tell about them, with one more reading of the text, so that a document without
 * trouble pays nothing.
 */
final class Places {

  /** A value's start, also as an index, and itself if it is a string. */
  private record Value(Position position, int index, @Nullable String text) {}

  private final String json;
  private final Set<String> wanted = new HashSet<>(Set.of(""));
  private final Map<String, Value> values = new HashMap<>();

  private Places(String json, Collection<String> places) {
    this.json = json;
    for (var place : places) {
      for (var around = place; !around.isEmpty(); around = around(around)) {
        wanted.add(around);
      }
    }
  }

  /**
   * Looks for these places.
   *
   * @throws IllegalArgumentException if the text is not a JSON object
   */
  static Places in(String json, Collection<String> places) {
    var found = new Places(json, places);
    return Json.read(
        json,
        parser -> {
          found.value("", parser);
          return found;
        });
  }

  /** The start of the value there, or of what is around it. */
  Position of(String place) {
    for (var around = place; !around.isEmpty(); around = around(around)) {
      if (values.get(around) instanceof Value value) {
        return value.position();
      }
    }
    return values.get("") instanceof Value value ? value.position() : Position.START;
  }

  /** The column of the string there, whose characters may be written as escapes. */
  Position of(String place, int column) {
    var value = values.get(place);
    if (value == null || value.text() == null) {
      return of(place);
    }
    int at = value.index() + 1;
    for (int unit = 1; unit < column && json.charAt(at) != '"'; unit++) {
      at += json.charAt(at) != '\\' ? 1 : json.charAt(at + 1) == 'u' ? 6 : 2;
    }
    var start = value.position();
    return new Position(start.line(), start.column() + at - value.index());
  }

  /** The string there, or null if there is none. */
  @Nullable String text(String place) {
    return values.get(place) instanceof Value value ? value.text() : null;
  }

  private void value(String place, JsonParser parser) {
    var start = parser.currentTokenLocation();
    var token = parser.currentToken();
    values.put(
        place,
        new Value(
            new Position(start.getLineNr(), start.getColumnNr()),
            Math.toIntExact(start.getCharOffset()),
            token == JsonToken.VALUE_STRING ? parser.getString() : null));
    if (token == JsonToken.START_OBJECT) {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        var name = parser.currentName();
        parser.nextToken();
        // A name that looks like a place is none.
        boolean plain = name.indexOf('.') < 0 && name.indexOf('[') < 0;
        enter(plain ? place.isEmpty() ? name : place + "." + name : "?", parser);
      }
    } else if (token == JsonToken.START_ARRAY) {
      for (int at = 0; parser.nextToken() != JsonToken.END_ARRAY; at++) {
        enter(place + "[" + at + "]", parser);
      }
    }
  }

  private void enter(String place, JsonParser parser) {
    if (wanted.contains(place)) {
      value(place, parser);
    } else {
      parser.skipChildren();
    }
  }

  private static String around(String place) {
    return place.substring(
        0, Math.max(0, Math.max(place.lastIndexOf('.'), place.lastIndexOf('['))));
  }
}
