package dev.muster.rules;

import dev.muster.rules.Policy.Effect;
import dev.muster.rules.Policy.Effect.Ceiling;
import dev.muster.rules.Policy.Effect.CloseQueue;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads policies from the nodes of a YAML text, which know their lines. No object is ever made from
 * YAML, so that tags can ask for nothing.
 */
final class PolicyReader {

  private static final int MAX_CHARACTERS = 1_000_000;
  private static final int MAX_POLICIES = 1_000;
  private static final int SHOWN = 80;
  private static final Set<String> KEYS =
      Set.of("name", "description", "when", "priority_ceiling", "close_queue", "instead");
  private static final Set<Tag> PLAIN =
      Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP);

  private final String file;
  private final Set<String> names;

  private PolicyReader(String file, Set<String> taken) {
    this.file = file;
    this.names = new HashSet<>(taken);
  }

  /**
   * The policies of a file.
   *
   * @param taken names that other files gave their policies
   */
  static List<Policy> read(String file, String text, Set<String> taken) {
    if (text.length() > MAX_CHARACTERS) {
      throw new PolicyError(
          file, 1, "Expected at most " + MAX_CHARACTERS + " characters, but got " + text.length());
    }
    try {
      var root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
      return new PolicyReader(file, taken).policies(root);
    } catch (MarkedYAMLException malformed) {
      var mark = malformed.getProblemMark();
      throw new PolicyError(
          file,
          mark == null ? 1 : mark.getLine() + 1,
          "Expected YAML, but " + malformed.getProblem());
    } catch (YAMLException malformed) {
      throw new PolicyError(file, 1, "Expected YAML, but " + firstLine(malformed));
    }
  }

  private List<Policy> policies(@Nullable Node root) {
    if (root == null) {
      return List.of();
    }
    var list = members(root, Set.of("policies")).get("policies");
    if (list == null || isNull(list)) {
      return List.of();
    }
    if (!(list instanceof SequenceNode sequence)) {
      throw refuses(list, "Expected a list of policies, but got " + kind(list));
    }
    if (sequence.getValue().size() > MAX_POLICIES) {
      throw refuses(list, "Expected at most " + MAX_POLICIES + " policies, but got more");
    }
    var policies = new ArrayList<Policy>();
    for (var node : sequence.getValue()) {
      var policy = policy(node);
      if (!names.add(policy.name())) {
        throw refuses(node, "Expected a name of its own, but another policy has that name");
      }
      policies.add(policy);
    }
    return policies;
  }

  private Policy policy(Node node) {
    var members = members(node, KEYS);
    var description = members.get("description");
    return new Policy(
        text(required(node, members, "name")),
        description == null ? null : text(description),
        condition(required(node, members, "when")),
        effect(node, members));
  }

  private Effect effect(Node node, Map<String, Node> members) {
    var ceiling = members.get("priority_ceiling");
    var queue = members.get("close_queue");
    var instead = members.get("instead");
    if ((ceiling == null) == (queue == null)) {
      throw refuses(
          node,
          "Expected either priority_ceiling or close_queue, but got "
              + (queue == null ? "neither" : "both"));
    }
    if (instead != null && queue == null) {
      throw refuses(instead, "Expected instead beside close_queue only, but there is none");
    }
    if (ceiling != null) {
      return new Ceiling(priority(ceiling));
    }
    return new CloseQueue(
        queue(Objects.requireNonNull(queue)), instead == null ? null : queue(instead));
  }

  private Expression condition(Node node) {
    Expression expression;
    try {
      expression = Expression.parse(text(node));
    } catch (ExpressionError error) {
      throw refuses(node, error.sentence() + " at column " + error.column() + " of `when`");
    }
    for (var path : expression.paths()) {
      boolean known =
          switch (path.text()) {
            case "account.sid", "workspace.sid" -> true;
            case "task.age" -> false;
            default -> path.root().equals("task") && !path.tail().isEmpty();
          };
      if (!known) {
        throw refuses(
            node,
            "Expected task.<attribute>, task.queue, task.priority, account.sid or workspace.sid, but got "
                + Values.shown(path.text(), SHOWN));
      }
    }
    return expression;
  }

  private int priority(Node node) {
    var number = Values.asNumber(text(node));
    boolean fits =
        number != null
            && number.scale() <= 0
            && number.signum() >= 0
            && number.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0;
    if (number == null || !fits) {
      throw refuses(
          node,
          "Expected a whole number from 0 to "
              + Integer.MAX_VALUE
              + ", but got "
              + shown(text(node)));
    }
    return number.intValueExact();
  }

  private String queue(Node node) {
    var queue = text(node);
    if (!queue.startsWith("WQ")) {
      throw refuses(node, "Expected the sid of a queue, but got " + shown(queue));
    }
    return queue;
  }

  private Node required(Node node, Map<String, Node> members, String name) {
    var member = members.get(name);
    if (member == null) {
      throw refuses(node, "Expected " + name + ", but there is none");
    }
    return member;
  }

  /** The text of a scalar as it is written, whatever type YAML sees in it; not blank. */
  private String text(Node node) {
    if (!(node instanceof ScalarNode scalar) || !PLAIN.contains(node.getTag())) {
      throw refuses(node, "Expected text, but got " + kind(node));
    }
    if (scalar.getValue().isBlank()) {
      throw refuses(node, "Expected text, but there is none");
    }
    return scalar.getValue();
  }

  private Map<String, Node> members(Node node, Set<String> known) {
    if (!(node instanceof MappingNode mapping) || !node.getTag().equals(Tag.MAP)) {
      throw refuses(
          node,
          "Expected "
              + String.join(", ", known.stream().sorted().toList())
              + ", but got "
              + kind(node));
    }
    var members = new LinkedHashMap<String, Node>();
    for (NodeTuple tuple : mapping.getValue()) {
      var name = text(tuple.getKeyNode());
      if (!known.contains(name)) {
        throw refuses(
            tuple.getKeyNode(),
            "Expected one of %s, but got %s"
                .formatted(String.join(", ", known.stream().sorted().toList()), shown(name)));
      }
      if (members.put(name, tuple.getValueNode()) != null) {
        throw refuses(tuple.getKeyNode(), "Expected " + name + " once, but got it twice");
      }
    }
    return members;
  }

  private PolicyError refuses(Node node, String sentence) {
    return new PolicyError(file, node.getStartMark().getLine() + 1, sentence);
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private static String kind(Node node) {
    if (!PLAIN.contains(node.getTag())
        && !node.getTag().equals(Tag.MAP)
        && !node.getTag().equals(Tag.SEQ)) {
      return "the tag " + shown(node.getTag().getValue());
    }
    return switch (node.getNodeId()) {
      case mapping -> "a mapping";
      case sequence -> "a list";
      case scalar -> isNull(node) ? "nothing" : "text";
      case anchor -> "an anchor";
    };
  }

  private static String shown(String text) {
    return Values.canonical(Values.shown(text, SHOWN));
  }

  private static String firstLine(YAMLException error) {
    return String.valueOf(error.getMessage()).lines().findFirst().orElse("it is none");
  }
}
