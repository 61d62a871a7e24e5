package dev.muster.rules;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An object in a configuration document, and its place there. What is null counts as absent.
 *
 * @param json the text of the whole document, to say where in it there is trouble
 */
record Section(String json, String where, Map<?, ?> values) {

  private static final int SHOWN = 80;

  /** The first of these that is there and not blank. */
  @Nullable String text(String... names) {
    for (var name : names) {
      switch (values.get(name)) {
        case null -> {}
        case String text -> {
          if (!text.isBlank()) {
            return text;
          }
        }
        case Object other -> throw refuses(name, "Expected text, but got " + kind(other));
      }
    }
    return null;
  }

  /** A whole number, or a string of one, from {@code least} to the largest {@code int}. */
  @Nullable Integer whole(String name, int least) {
    var value = values.get(name);
    if (value == null) {
      return null;
    }
    var number = Values.asNumber(value);
    boolean fits =
        number != null
            && number.scale() <= 0
            && number.compareTo(BigDecimal.valueOf(least)) >= 0
            && number.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0;
    if (number == null || !fits) {
      throw refuses(
          name,
          "Expected a whole number from "
              + least
              + " to "
              + Integer.MAX_VALUE
              + ", but got "
              + (Values.isComposite(value)
                  ? kind(value)
                  : Values.shown(Values.canonical(value), SHOWN)));
    }
    return number.intValueExact();
  }

  @Nullable Section section(String name) {
    return switch (values.get(name)) {
      case null -> null;
      case Map<?, ?> object -> new Section(json, place(name), object);
      case Object other -> throw refuses(name, "Expected an object, but got " + kind(other));
    };
  }

  /** The objects of an array; none if it is absent. */
  List<Section> sections(String name, int most) {
    var array =
        switch (values.get(name)) {
          case null -> List.of();
          case List<?> list -> list;
          case Object other -> throw refuses(name, "Expected an array, but got " + kind(other));
        };
    if (array.size() > most) {
      throw refuses(name, "Expected at most " + most + " of them, but got " + array.size());
    }
    var sections = new ArrayList<Section>();
    for (int at = 0; at < array.size(); at++) {
      var place = name + "[" + at + "]";
      if (!(array.get(at) instanceof Map<?, ?> object)) {
        throw refuses(place, "Expected an object, but got " + kind(array.get(at)));
      }
      sections.add(new Section(json, place(place), object));
    }
    return sections;
  }

  InstructionError refuses(String name, String message) {
    var place = place(name);
    return new InstructionError(place, message, Position.of(json, place));
  }

  InstructionError refuses(String name, ExpressionError error) {
    var place = place(name);
    return new InstructionError(
        place, error, Places.in(json, Set.of(place)).of(place, error.column()));
  }

  private String place(String name) {
    return where.isEmpty() ? name : where + "." + name;
  }

  private static String kind(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String text -> "text";
      case Boolean flag -> flag.toString();
      case List<?> list -> "an array";
      case Map<?, ?> object -> "an object";
      default -> "a number";
    };
  }
}
