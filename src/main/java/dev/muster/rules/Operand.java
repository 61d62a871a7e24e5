package dev.muster.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One side of a comparison. */
public sealed interface Operand {

  /** Its value in this scope. */
  @Nullable Object value(Scope scope);

  /** The operand with every path that {@code known} knows replaced by its value. */
  Operand given(Scope known);

  /** Text that is the same for equal operands only. */
  String canonical();

  /** Adds the paths it reads. */
  void collect(Set<Path> paths);

  /** A value written in the expression, or put there by {@link Expression#given}. */
  record Literal(@Nullable Object value) implements Operand {

    @Override
    public @Nullable Object value(Scope scope) {
      return value;
    }

    @Override
    public Operand given(Scope known) {
      return this;
    }

    @Override
    public String canonical() {
      return Values.canonical(value);
    }

    @Override
    public void collect(Set<Path> paths) {}
  }

  /** An array with at least one element that is not a literal. */
  record ListOf(List<Operand> elements) implements Operand {

    /** The array of these elements: a literal if they all are. */
    static Operand of(List<Operand> elements) {
      if (!elements.stream().allMatch(Literal.class::isInstance)) {
        return new ListOf(List.copyOf(elements));
      }
      var values = new ArrayList<@Nullable Object>(elements.size());
      elements.forEach(element -> values.add(((Literal) element).value()));
      return new Literal(Values.normal(values));
    }

    @Override
    public Object value(Scope scope) {
      var values = new ArrayList<@Nullable Object>(elements.size());
      elements.forEach(element -> values.add(element.value(scope)));
      return values;
    }

    @Override
    public Operand given(Scope known) {
      return of(elements.stream().map(element -> element.given(known)).toList());
    }

    @Override
    public String canonical() {
      return elements.stream().map(Operand::canonical).collect(Collectors.joining(", ", "[", "]"));
    }

    @Override
    public void collect(Set<Path> paths) {
      elements.forEach(element -> element.collect(paths));
    }
  }

  /** An attribute, read from the scope. */
  record Attribute(Path path) implements Operand {

    @Override
    public @Nullable Object value(Scope scope) {
      return scope.value(path);
    }

    @Override
    public Operand given(Scope known) {
      return known.knows(path) ? new Literal(known.value(path)) : this;
    }

    @Override
    public String canonical() {
      return path.text();
    }

    @Override
    public void collect(Set<Path> paths) {
      paths.add(path);
    }
  }
}
