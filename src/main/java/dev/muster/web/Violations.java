package dev.muster.web;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Says a failed constraint of a form in the words of the wire format. */
final class Violations {

  private Violations() {}

  static <T> Refused refuse(
      Set<ConstraintViolation<T>> violations, UnaryOperator<String> spelling) {
    var first =
        violations.stream()
            .min(
                Comparator.comparing((ConstraintViolation<T> v) -> v.getPropertyPath().toString())
                    .thenComparing(v -> !isRequirement(v)));
    var violation = first.orElseThrow();
    var name = spelling.apply(component(violation));
    return Refused.invalid("%s", sentence(violation, name)).about(name);
  }

  private static String sentence(ConstraintViolation<?> violation, String name) {
    var value = Objects.toString(violation.getInvalidValue(), "");
    var constraint = violation.getConstraintDescriptor().getAnnotation();
    if (isRequirement(violation)) {
      return "Expected %s, but it was %s: %s field is required"
          .formatted(name, violation.getInvalidValue() == null ? "missing" : "empty", name);
    }
    if (constraint instanceof Size size) {
      return "Expected %s to have %s characters, but got %d"
          .formatted(name, bounds(size.min(), size.max()), value.length());
    }
    if (constraint instanceof Min
        || constraint instanceof Max
        || constraint instanceof Pattern
        || constraint instanceof WebAddress) {
      return "Expected %s to be %s, but got '%s'"
          .formatted(name, violation.getMessage(), WireValue.brief(value));
    }
    return "Expected %s to satisfy: %s, but got '%s'"
        .formatted(name, violation.getMessage(), WireValue.brief(value));
  }

  /** The last of the path: what comes before it are groups. */
  private static String component(ConstraintViolation<?> violation) {
    var path = violation.getPropertyPath().toString();
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** What is missing needs no other complaint. */
  private static boolean isRequirement(ConstraintViolation<?> violation) {
    var constraint = violation.getConstraintDescriptor().getAnnotation();
    return constraint instanceof NotNull || constraint instanceof NotBlank;
  }

  private static String bounds(int min, int max) {
    return min == 0 ? "at most " + max : "%d to %d".formatted(min, max);
  }
}
