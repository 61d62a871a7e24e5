package dev.muster.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Random valid documents that use all of the language, every key, and texts that tempt. */
final class RandomInstructions {

  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> PATHS =
      List.of(
          "channel", "product", "level", "skills", "customer.tier", "lines[0].sku", "$x", "a.NOT");
  private static final List<String> SIGNS =
      List.of(
          "==",
          "==",
          "==",
          "=",
          "!=",
          ">",
          ">=",
          "<",
          "<=",
          "CONTAINS",
          "HAS",
          "IN",
          "NOT IN",
          "NOT HAS",
          "NOT CONTAINS",
          ">-",
          "<-");
  private static final List<String> TEXTS =
      List.of(
          "voice",
          "Größe",
          "5",
          "007",
          "-1",
          "1,5",
          "1.50",
          "true",
          "NULL",
          "",
          " ",
          " a ",
          "a;b",
          "=1+1",
          "+49",
          "-",
          "@x",
          "x;=1",
          "x\n=1",
          "[a]",
          "[]",
          "\"",
          "\"q\"",
          "\"q\" r",
          "it's",
          "back\\slash",
          "tab\t",
          "line\nbreak",
          "return\r\n",
          "\u0001",
          "\uD83D\uDE00",
          "_x0041_",
          "_x005F_",
          "<b>&amp;</b>",
          "TRUE",
          "2024-01-01",
          "＝1",
          "\u00A0",
          "a\u2028b",
          "filter",
          "default");
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "5",
          "-5",
          "0.5",
          "5.0",
          "1.10",
          "123456789012345678",
          "99999999999999999999.125");

  private final Random random;

  RandomInstructions(long seed) {
    this.random = new Random(seed);
  }

  String document() {
    var document = JSON.createObjectNode();
    if (once(8)) {
      document.put("comment", any(TEXTS));
    }
    var routing = document.putObject("task_routing");
    if (once(8)) {
      routing.putObject("made").put("by", any(TEXTS)).putNull("for");
    }
    if (!once(10)) {
      var filters = routing.putArray("filters");
      IntStream.range(0, random.nextInt(8)).forEach(each -> filter(filters.addObject()));
    }
    if (once(2)) {
      var fallback = routing.putObject("default_filter");
      target(fallback, true);
      if (once(5)) {
        fallback.put("timeout", "whatever");
      }
    }
    return document.toString();
  }

  private void filter(ObjectNode filter) {
    if (!once(4)) {
      filter.put(
          once(6) ? "friendly_name" : once(6) ? "friendlyName" : "filter_friendly_name",
          any(TEXTS));
    }
    if (once(8)) {
      filter.put("note", any(TEXTS));
    }
    filter.put("expression", once(2) ? row() : expression(3));
    var targets = filter.putArray("targets");
    IntStream.rangeClosed(0, random.nextInt(3))
        .forEach(each -> target(targets.addObject(), each == 0));
  }

  private void target(ObjectNode target, boolean first) {
    if (first || once(2)) {
      target.put(
          once(8) ? "task_queue_sid" : "queue", once(9) ? " =WQ " : "WQ" + random.nextInt(9));
    }
    if (once(3)) {
      target.put("expression", expression(1));
    }
    if (once(3)) {
      target.put("priority", random.nextInt(100));
    }
    if (once(6)) {
      target.put("priority", String.valueOf(random.nextInt(100)));
    }
    if (once(3)) {
      target.put("timeout", 1 + random.nextInt(100));
    }
    if (once(5)) {
      target.put("order_by", " worker.level DESC, worker.a[0].b");
    }
    if (once(5)) {
      target.put("skip_if", "workers.available == 0");
    }
    if (once(5)) {
      target.put(once(2) ? "known_worker_sid" : "known_worker_friendly_name", "task.agent");
    }
    if (once(8)) {
      target.putNull("order_by").put("colour", any(TEXTS)).put("weight", 1.5);
    }
  }

  /** As a table would say it. */
  private String row() {
    return IntStream.rangeClosed(0, random.nextInt(4))
        .mapToObj(part -> comparison())
        .collect(Collectors.joining(" AND "));
  }

  private String expression(int depth) {
    if (depth == 0 || once(3)) {
      return once(8) ? any(List.of("1==1", "TRUE", "false")) : comparison();
    }
    if (once(4)) {
      return "NOT (" + expression(depth - 1) + ")";
    }
    var joint = any(List.of(" AND ", " and ", " OR ", "\n  OR "));
    return IntStream.rangeClosed(0, 1 + random.nextInt(2))
        .mapToObj(part -> "(" + expression(depth - 1) + ")")
        .collect(Collectors.joining(joint));
  }

  private String comparison() {
    var sign = any(SIGNS);
    boolean list = sign.endsWith("IN") || sign.equals("<-");
    var value = once(6) ? any(PATHS) : list == !once(8) ? list() : literal();
    return once(8) ? value + " " + sign + " " + any(PATHS) : any(PATHS) + " " + sign + " " + value;
  }

  private String list() {
    var items = new ArrayList<String>();
    IntStream.range(0, random.nextInt(4)).forEach(each -> items.add(once(20) ? list() : literal()));
    return "[" + String.join(", ", items) + "]";
  }

  private String literal() {
    return switch (random.nextInt(4)) {
      case 0 -> any(NUMBERS);
      case 1 -> any(List.of("true", "FALSE", "null"));
      default -> {
        var text = once(4) ? text() : any(TEXTS);
        yield '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
      }
    };
  }

  private String text() {
    var most = any(List.of(0x7F, 0x7FF, 0x10FFFF));
    return random
        .ints(1 + random.nextInt(6), 0, most + 1)
        .filter(character -> character < 0xD800 || character > 0xDFFF)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private boolean once(int in) {
    return random.nextInt(in) == 0;
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
