package dev.muster.task;

import dev.muster.web.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The order of a list of tasks: {@code Priority:desc,DateCreated:asc}. */
record TaskOrdering(String column, boolean ascending) {

  private static final Map<String, String> COLUMNS =
      Map.of(
          "DateCreated", "t.created_at",
          "Priority", "t.priority",
          "VirtualStartTime", "t.virtual_start_at");

  static List<TaskOrdering> parse(@Nullable String text) {
    var orders = new ArrayList<TaskOrdering>();
    if (text == null || text.isBlank()) {
      return orders;
    }
    for (var part : text.split(",", -1)) {
      var words = part.strip().split(":", -1);
      var column = COLUMNS.get(words[0]);
      var direction = words.length == 1 ? "asc" : words[1].toLowerCase(Locale.ROOT);
      if (column == null
          || words.length > 2
          || !(direction.equals("asc") || direction.equals("desc"))
          || orders.stream().anyMatch(order -> order.column.equals(column))) {
        throw refused(text);
      }
      orders.add(new TaskOrdering(column, direction.equals("asc")));
    }
    var columns = orders.stream().map(TaskOrdering::column).toList();
    if (columns.contains("t.created_at") && columns.contains("t.virtual_start_at")) {
      throw Refused.invalid(
          "Expected Ordering by DateCreated or by VirtualStartTime, but got both: '%s'", text);
    }
    return orders;
  }

  private static Refused refused(String text) {
    return Refused.invalid(
        "Expected Ordering to be a list such as Priority:desc,DateCreated:asc of DateCreated, Priority and VirtualStartTime, each once, but got '%s'",
        text.length() > 80 ? text.substring(0, 80) + "…" : text);
  }
}
