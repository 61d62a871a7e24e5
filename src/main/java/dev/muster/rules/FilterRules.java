package dev.muster.rules;

import static org.drools.model.DSL.declarationOf;
import static org.drools.model.DSL.on;
import static org.drools.model.PatternDSL.alphaIndexedBy;
import static org.drools.model.PatternDSL.pattern;

import dev.muster.rules.Expression.And;
import dev.muster.rules.Expression.Or;
import dev.muster.rules.Instruction.Filter;
import dev.muster.rules.Operand.Attribute;
import dev.muster.rules.Operand.Literal;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.drools.model.Index.ConstraintType;
import org.drools.model.PatternDSL;
import org.drools.model.PatternDSL.PatternDef;
import org.drools.model.Rule;
import org.drools.model.Variable;
import org.drools.model.impl.ModelImpl;
import org.drools.modelcompiler.KieBaseBuilder;
import org.jspecify.annotations.Nullable;
import org.kie.api.runtime.StatelessKieSession;

/**
 * The filters of one instruction as rules of the engine, and the only place that knows the engine.
 * The rules are objects around our own expressions: nothing of a tenant's text is ever compiled.
 *
 * <p>The engine trusts two names we give it, and answers wrongly without a word if they lie:
 * conditions with the same id must be the same condition, and conditions with the same index and
 * key must be the same condition. Ids are therefore canonical texts, and {@link Key} gives equal
 * keys to equal conditions only.
 */
final class FilterRules {

  /**
   * A top-level OR of up to this many parts becomes as many rules, so that each can use an index.
   */
  private static final int MAX_ALTERNATIVES = 8;

  /** With more filters than this, an OR stays one rule; it bounds the number of rules. */
  private static final int MAX_SPLIT_FILTERS = 1_000;

  private static final long BYTES = 25_000;
  private static final long BYTES_PER_RULE = 5_500;
  private static final long BYTES_PER_CHARACTER = 16;

  /** The fact: a task in search of its first filter. One per decision, seen by one thread. */
  private static final class Candidate extends Slots.Remembering {
    private int filter = -1;

    Candidate(Attributes task, int slots) {
      super(task, slots);
    }
  }

  /**
   * What an indexed equality looks for. A number is also found as a numeric string and the other
   * way round, so a literal that is a numeric string has two kinds of match and no key.
   */
  private enum Key {
    TEXT,
    NUMBER,
    FLAG;

    static @Nullable Key of(@Nullable Object literal) {
      return switch (literal) {
        case String text -> Values.isNumeric(text) ? null : TEXT;
        case BigDecimal number -> NUMBER;
        case Boolean flag -> FLAG;
        case null -> null;
        default -> null;
      };
    }

    /**
     * Always a string, so that the engine has nothing to convert; null if the value cannot match
     * this kind of key.
     */
    @Nullable String of(Scope task, Path path) {
      var value = task.value(path);
      return switch (this) {
        case TEXT -> value instanceof String text ? text : null;
        case NUMBER ->
            Values.asNumber(value) instanceof BigDecimal number ? number.toString() : null;
        case FLAG -> value instanceof Boolean flag ? flag.toString() : null;
      };
    }
  }

  /** A comparison for which the engine can keep an index. */
  private record Equality(Comparison comparison, Path path, Key key, Object value) {

    static @Nullable Equality in(Expression expression) {
      if (expression instanceof Comparison comparison
          && comparison.operator() == Operator.EQUAL
          && comparison.left() instanceof Attribute attribute
          && comparison.right() instanceof Literal literal) {
        var value = literal.value();
        var key = Key.of(value);
        return value == null || key == null
            ? null
            : new Equality(comparison, attribute.path(), key, value);
      }
      return null;
    }
  }

  private final Slots slots = new Slots();
  private final Map<Path, Integer> indexes = new HashMap<>();
  private final StatelessKieSession session;
  private long weight = BYTES;

  private FilterRules(List<Filter> filters) {
    var model = new ModelImpl();
    for (int filter = 0; filter < filters.size(); filter++) {
      var expression = slots.in(filters.get(filter).expression());
      for (var alternative : alternatives(expression, filters.size())) {
        model.addRule(rule(filter, alternative));
      }
      weight += BYTES_PER_CHARACTER * expression.canonical().length();
    }
    weight += BYTES_PER_RULE * model.getRules().size();
    session = KieBaseBuilder.createKieBaseFromModel(model).newStatelessKieSession();
  }

  static FilterRules compile(List<Filter> filters) {
    return new FilterRules(filters);
  }

  /**
   * The number of the first filter that holds for the task, or -1. Every call has a working memory
   * of its own.
   */
  int first(Attributes task) {
    var candidate = new Candidate(task, slots.size());
    session.execute(candidate);
    return candidate.filter;
  }

  long weight() {
    return weight;
  }

  private static List<Expression> alternatives(Expression expression, int filters) {
    return expression instanceof Or or
            && or.parts().size() <= MAX_ALTERNATIVES
            && filters <= MAX_SPLIT_FILTERS
        ? or.parts()
        : List.of(expression);
  }

  private Rule rule(int filter, Expression expression) {
    Variable<Candidate> candidate = declarationOf(Candidate.class, "candidate");
    return PatternDSL.rule("filters", filter + " " + expression.canonical())
        .attribute(Rule.Attribute.SALIENCE, Integer.MAX_VALUE - filter)
        .build(
            conditions(pattern(candidate), expression),
            on(candidate)
                .execute(
                    (drools, found) -> {
                      found.filter = filter;
                      drools.halt();
                    }));
  }

  private PatternDef<Candidate> conditions(PatternDef<Candidate> start, Expression expression) {
    var equalities = new LinkedHashMap<String, Equality>();
    var others = new LinkedHashMap<String, Expression>();
    for (var part : expression instanceof And and ? and.parts() : List.of(expression)) {
      var equality = Equality.in(part);
      if (equality == null) {
        others.put(part.canonical(), part);
      } else {
        equalities.put(part.canonical(), equality);
      }
    }
    var pattern = start;
    for (var entry : equalities.entrySet()) {
      pattern = indexed(pattern, entry.getKey(), entry.getValue());
    }
    for (var entry : others.entrySet()) {
      var part = entry.getValue();
      pattern = pattern.expr(entry.getKey(), candidate -> part.test(candidate));
    }
    return pattern;
  }

  private PatternDef<Candidate> indexed(
      PatternDef<Candidate> pattern, String id, Equality equality) {
    int index = indexes.computeIfAbsent(equality.path(), unseen -> indexes.size());
    return pattern.expr(
        id,
        candidate -> equality.comparison().test(candidate),
        alphaIndexedBy(
            String.class,
            ConstraintType.EQUAL,
            index * Key.values().length + equality.key().ordinal(),
            candidate -> equality.key().of(candidate, equality.path()),
            equality.value().toString()));
  }
}
