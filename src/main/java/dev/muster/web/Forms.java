package dev.muster.web;

import jakarta.validation.Valid;
import jakarta.validation.Validator;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads records from named values, in the way that {@link Form} describes. */
@Component
public class Forms {

  private final Map<Class<?>, Shape> shapes = new ConcurrentHashMap<>();
  private final Validator validator;

  Forms(Validator validator) {
    this.validator = validator;
  }

  /**
   * Reads a record from an object that came as a document.
   *
   * @param spelling how the document names a component of the record
   * @throws Refused if a value is not what its component expects; it names the value
   */
  public <T extends Record> T read(Class<T> type, JsonNode object, UnaryOperator<String> spelling) {
    return type.cast(read(type, Parameters.of(object), spelling));
  }

  Object read(Class<?> type, Parameters parameters, UnaryOperator<String> spelling) {
    var form = shapes.computeIfAbsent(type, Shape::of).read(parameters, spelling);
    var violations = validator.validate(form);
    if (!violations.isEmpty()) {
      throw Violations.refuse(violations, spelling);
    }
    return form;
  }

  /**
   * The wire's name of a record component: {@code friendlyName} is sent as {@code FriendlyName}.
   */
  static String wireName(String component) {
    return Character.toUpperCase(component.charAt(0)) + component.substring(1);
  }

  /** The components that carry values: those of groups stand in for them. */
  static List<RecordComponent> components(Class<?> form) {
    return Arrays.stream(form.getRecordComponents())
        .flatMap(
            component ->
                isGroup(component)
                    ? components(component.getType()).stream()
                    : Stream.of(component))
        .toList();
  }

  private static boolean isGroup(RecordComponent component) {
    return component.getAccessor().isAnnotationPresent(Valid.class);
  }

  /** What a form is made of, found out once: reflection takes as long as the rest of reading it. */
  private record Shape(Constructor<?> constructor, List<Part> parts) {

    static Shape of(Class<?> type) {
      var components = type.getRecordComponents();
      var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      try {
        var constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return new Shape(constructor, Arrays.stream(components).map(Part::of).toList());
      } catch (NoSuchMethodException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    Object read(Parameters parameters, UnaryOperator<String> spelling) {
      var arguments = new Object[parts.size()];
      for (var i = 0; i < arguments.length; i++) {
        arguments[i] = parts.get(i).read(parameters, spelling);
      }
      try {
        return constructor.newInstance(arguments);
      } catch (InvocationTargetException wrapped) {
        if (wrapped.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new IllegalStateException(wrapped);
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  /** A component: a value of its own, or a group of them. */
  private record Part(RecordComponent component, @Nullable Shape group) {

    static Part of(RecordComponent component) {
      return new Part(component, isGroup(component) ? Shape.of(component.getType()) : null);
    }

    @Nullable Object read(Parameters parameters, UnaryOperator<String> spelling) {
      if (group != null) {
        return group.read(parameters, spelling);
      }
      var name = spelling.apply(component.getName());
      try {
        return WireValue.read(component, name, parameters.all(name));
      } catch (Refused refused) {
        throw refused.about(name);
      }
    }
  }
}
