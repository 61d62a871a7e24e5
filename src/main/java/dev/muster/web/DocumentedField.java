package dev.muster.web;

import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A component of a form as the document shows it, with the limits of its constraints. */
record DocumentedField(String name, Schema<?> schema, boolean required) {

  static DocumentedField of(RecordComponent component) {
    var field = field(component);
    var schema = schema(component);
    limit(schema, field);
    var required =
        Stream.of(NotNull.class, NotBlank.class, NotEmpty.class)
            .anyMatch(annotation -> field.isAnnotationPresent(annotation));
    return new DocumentedField(Forms.wireName(component.getName()), schema, required);
  }

  /** Constraints apply to fields; the component itself keeps only those that may stand on it. */
  private static AnnotatedElement field(RecordComponent component) {
    try {
      return component.getDeclaringRecord().getDeclaredField(component.getName());
    } catch (NoSuchFieldException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Schema<?> schema(RecordComponent component) {
    return component.getType() == List.class
        ? new ArraySchema().items(schema(WireValue.elementType(component)))
        : schema(component.getType());
  }

  private static Schema<?> schema(Class<?> type) {
    if (type == Boolean.class) {
      return new BooleanSchema();
    }
    if (type == Integer.class) {
      return new IntegerSchema();
    }
    var text = new StringSchema();
    if (type == Instant.class) {
      text.format("date-time");
    } else if (type == URI.class) {
      text.format("uri");
    } else if (type.isEnum()) {
      text.setEnum(Arrays.stream(type.getEnumConstants()).map(Object::toString).toList());
    } else if (type != String.class) {
      text.description(WireValue.expectation(type));
    }
    return text;
  }

  private static void limit(Schema<?> schema, AnnotatedElement field) {
    for (Annotation constraint : field.getAnnotations()) {
      switch (constraint) {
        case Size size -> limitLength(schema, size);
        case Min min -> schema.minimum(BigDecimal.valueOf(min.value()));
        case Max max -> schema.maximum(BigDecimal.valueOf(max.value()));
        case Pattern pattern ->
            schema.pattern("^" + pattern.regexp() + "$").description(pattern.message());
        case WebAddress address -> schema.format("uri").description(address.message());
        default -> {}
      }
    }
  }

  private static void limitLength(Schema<?> schema, Size size) {
    if (size.min() > 0) {
      schema.minLength(size.min());
    }
    if (size.max() < Integer.MAX_VALUE) {
      schema.maxLength(size.max());
    }
  }
}
