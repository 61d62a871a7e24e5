package dev.muster.table;

import dev.muster.rules.Expression;
import dev.muster.rules.Expression.And;
import dev.muster.table.Heading.Condition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The columns in which the expressions of an instruction say their conditions. The order of
 * conditions is part of an expression, so an expression uses columns from left to right as far as
 * that goes, and keeps the rest of itself as text.
 */
record ConditionColumns(List<Condition> columns) {

  private static final int MOST = Grid.MAX_COLUMNS - Heading.Column.values().length;

  /**
   * An expression in a row.
   *
   * @param rest what comes after the conditions in cells; null if that is all
   */
  record Split(Map<Condition, String> cells, @Nullable Expression rest) {}

  /** Finds columns for as many conditions as possible, in an order that suits most expressions. */
  static ConditionColumns of(List<Expression> expressions) {
    var columns = new ArrayList<Condition>();
    for (var expression : expressions) {
      var parts = parts(expression);
      int last = -1;
      for (int part = 0; part < parts.size(); part++) {
        var condition = condition(parts.get(part));
        int at = condition == null ? -1 : columns.indexOf(condition);
        boolean room = condition != null && at < 0 && columns.size() < MOST;
        if (room) {
          at = place(columns, last, parts.subList(part + 1, parts.size()));
          columns.add(at, condition);
        }
        if (at <= last) {
          break;
        }
        last = at;
      }
    }
    return new ConditionColumns(List.copyOf(columns));
  }

  /** Before the next column that the expression uses after the last one, else at the end. */
  private static int place(List<Condition> columns, int last, List<Expression> following) {
    for (var part : following) {
      int at = columns.indexOf(Condition.of(part));
      if (at > last) {
        return at;
      }
    }
    return columns.size();
  }

  /** Says as much of an expression as possible in cells. */
  Split split(Expression expression) {
    var cells = new LinkedHashMap<Condition, String>();
    var parts = parts(expression);
    int last = -1;
    for (int part = 0; part < parts.size(); part++) {
      var condition = condition(parts.get(part));
      int at = condition == null ? -1 : columns.indexOf(condition);
      if (condition == null || at <= last) {
        return new Split(cells, rest(parts.subList(part, parts.size())));
      }
      cells.put(condition, cell(condition, parts.get(part)));
      last = at;
    }
    return new Split(cells, null);
  }

  private static Expression rest(List<Expression> parts) {
    return parts.size() == 1 ? parts.getFirst() : new And(parts);
  }

  private static List<Expression> parts(Expression expression) {
    return expression instanceof And and ? and.parts() : List.of(expression);
  }

  private static @Nullable Condition condition(Expression part) {
    var condition = Condition.of(part);
    return condition == null || cell(condition, part).isEmpty() ? null : condition;
  }

  /** The cell of a condition; empty if no cell can say its value. */
  private static String cell(Condition condition, Expression part) {
    var cell = Literals.write(Condition.value(part), condition.operator());
    return cell == null ? "" : cell;
  }
}
