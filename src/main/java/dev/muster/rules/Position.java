package dev.muster.rules;

import java.util.Set;

/** A place in the text of a JSON document: line and column from 1, columns in UTF-16 units. */
public record Position(int line, int column) {

  static final Position START = new Position(1, 1);

  /**
   * Where the value of a place such as {@code task_routing.filters[2].targets[0].queue} starts, or
   * the value of the nearest place around it that is there.
   *
   * @throws IllegalArgumentException if the text is not a JSON object
   */
  public static Position of(String json, String where) {
    return Places.in(json, Set.of(where)).of(where);
  }

  @Override
  public String toString() {
    return "line " + line + ", column " + column;
  }
}
