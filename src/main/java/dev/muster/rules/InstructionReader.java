package dev.muster.rules;

import dev.muster.rules.Instruction.Filter;
import dev.muster.rules.Instruction.Target;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns a configuration document into an {@link Instruction}. */
final class InstructionReader {

  private static final String ROOT = "configuration";
  private static final int SHOWN = 80;

  private InstructionReader() {}

  static Instruction read(String json) {
    var routing = document(json).section("task_routing");
    if (routing == null) {
      throw new InstructionError(
          ROOT, "Expected an object task_routing, but there is none", Position.START);
    }
    var filters = new ArrayList<Filter>();
    for (var section : routing.sections("filters", Instruction.MAX_FILTERS)) {
      filters.add(filter(section));
    }
    var fallback = routing.section("default_filter");
    return new Instruction(filters, fallback == null ? null : fallback(fallback));
  }

  private static Section document(String json) {
    long bytes = json.length();
    if (bytes <= Instruction.MAX_BYTES) {
      bytes = json.getBytes(StandardCharsets.UTF_8).length;
    }
    if (bytes > Instruction.MAX_BYTES) {
      throw new InstructionError(
          ROOT,
          "Expected at most " + Instruction.MAX_BYTES + " bytes of UTF-8, but got " + bytes,
          Position.START);
    }
    try {
      return new Section(json, "", Json.object(json));
    } catch (Json.Refusal refusal) {
      throw new InstructionError(
          ROOT,
          "Expected a JSON object, but got " + refusal.getMessage(),
          Objects.requireNonNullElse(refusal.position(), Position.START));
    }
  }

  private static Filter filter(Section section) {
    var expression = parsed(section, "expression", Expression::parse);
    if (expression == null) {
      throw section.refuses("expression", "Expected an expression, but there is none");
    }
    var targets = new ArrayList<Target>();
    for (var target : section.sections("targets", Instruction.MAX_TARGETS)) {
      var inherited = targets.isEmpty() ? null : targets.getLast().queue();
      targets.add(target(target, inherited, target.whole("timeout", 1)));
    }
    if (targets.isEmpty()) {
      throw section.refuses("targets", "Expected at least one target, but there is none");
    }
    var name = section.text("filter_friendly_name", "friendly_name", "friendlyName");
    return new Filter(name, expression, targets);
  }

  private static Target fallback(Section section) {
    return target(section, null, null);
  }

  private static Target target(
      Section section, @Nullable String inherited, @Nullable Integer timeoutSeconds) {
    var named = section.text("queue", "task_queue_sid");
    var queue = named == null ? inherited : named;
    if (queue == null) {
      throw section.refuses("queue", "Expected a queue, but there is none");
    }
    return new Target(
        queue,
        parsed(section, "expression", Expression::parse),
        section.whole("priority", 0),
        timeoutSeconds,
        parsed(section, "order_by", OrderBy::parse),
        parsed(section, "skip_if", Expression::parse),
        knownWorker(section));
  }

  private static @Nullable KnownWorker knownWorker(Section section) {
    var bySid = reference(section, "known_worker_sid");
    var byName = reference(section, "known_worker_friendly_name");
    if (bySid != null && byName != null) {
      throw section.refuses(
          "known_worker_sid",
          "Expected known_worker_sid or known_worker_friendly_name, but got both");
    }
    if (bySid != null) {
      return new KnownWorker.BySid(bySid);
    }
    return byName == null ? null : new KnownWorker.ByFriendlyName(byName);
  }

  private static @Nullable Path reference(Section section, String name) {
    var path = parsed(section, name, Path::parse);
    if (path != null && !(path.root().equals("task") && !path.tail().isEmpty())) {
      throw section.refuses(
          name, "Expected task.<attribute>, but got `" + Values.shown(path.text(), SHOWN) + "`");
    }
    return path;
  }

  private static <T> @Nullable T parsed(Section section, String name, Function<String, T> parse) {
    var text = section.text(name);
    try {
      return text == null ? null : parse.apply(text);
    } catch (ExpressionError error) {
      throw section.refuses(name, error);
    }
  }
}
