package dev.muster.web;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One value as the SDKs send it, read into the type that a form's record asks for. */
final class WireValue {

  private static final Set<String> TRUE = Set.of("true", "1", "yes");
  private static final Map<Class<?>, Method> FACTORIES = new ConcurrentHashMap<>();

  private WireValue() {}

  static @Nullable Object read(RecordComponent component, String name, List<String> texts) {
    texts.forEach(text -> Storable.require(name, text));
    if (component.getType() == List.class) {
      var type = elementType(component);
      return texts.stream()
          .flatMap(text -> Arrays.stream(text.split(",")))
          .map(String::strip)
          .filter(text -> !text.isEmpty())
          .map(text -> type == String.class ? text : readTyped(type, name, text))
          .toList();
    }
    if (texts.isEmpty()) {
      return null;
    }
    var text = texts.getLast();
    return component.getType() == String.class
        ? text
        : readTyped(component.getType(), name, text.strip());
  }

  /** What a list is a list of. */
  static Class<?> elementType(RecordComponent list) {
    return list.getGenericType() instanceof ParameterizedType type
            && type.getActualTypeArguments()[0] instanceof Class<?> element
        ? element
        : String.class;
  }

  private static @Nullable Object readTyped(Class<?> type, String name, String text) {
    if (text.isEmpty()) {
      return null;
    }
    if (type == Boolean.class) {
      return TRUE.contains(text.toLowerCase(Locale.ROOT));
    }
    if (type == Integer.class) {
      return integer(name, text);
    }
    if (type == Instant.class) {
      return WireInstant.parse(name, text);
    }
    if (type == URI.class) {
      return url(name, text);
    }
    return type.isEnum() ? constant(type, name, text) : byFactory(type, name, text);
  }

  /** Constants of an enumeration are sent as their {@code toString()}. */
  private static Object constant(Class<?> type, String name, String text) {
    var constants = List.of(type.getEnumConstants());
    return constants.stream()
        .filter(constant -> constant.toString().equals(text))
        .findAny()
        .orElseThrow(
            () ->
                Refused.invalid(
                    "Expected %s to be one of %s, but got '%s'",
                    name,
                    constants.stream().map(Object::toString).collect(Collectors.joining(", ")),
                    brief(text)));
  }

  private static Integer integer(String name, String text) {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException notANumber) {
      throw Refused.invalid(
          "Expected %s to be a whole number up to %d, but got '%s'",
          name, Integer.MAX_VALUE, brief(text));
    }
  }

  private static URI url(String name, String text) {
    if (!WebAddress.Check.isAbsolute(text)) {
      throw Refused.invalid(
          "Expected %s to be an absolute http or https URL, but got '%s'", name, brief(text));
    }
    return URI.create(text);
  }

  /** Sids and the like read themselves: a static {@code of(String)} that says what it expected. */
  private static Object byFactory(Class<?> type, String name, String text) {
    var factory = FACTORIES.computeIfAbsent(type, WireValue::factory);
    try {
      return factory.invoke(null, text);
    } catch (InvocationTargetException wrapped) {
      if (wrapped.getCause() instanceof IllegalArgumentException expected) {
        throw Refused.invalid(
            "Expected %s to be %s, but got '%s'",
            name, Objects.toString(expected.getMessage()), brief(text));
      }
      throw new IllegalStateException(wrapped);
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** What a type that reads itself expects of a text, in its own words. */
  static String expectation(Class<?> type) {
    try {
      factory(type).invoke(null, "");
      return "";
    } catch (InvocationTargetException wrapped) {
      var cause = wrapped.getCause();
      return cause == null ? "" : Objects.toString(cause.getMessage(), "");
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Method factory(Class<?> type) {
    try {
      var factory = type.getDeclaredMethod("of", String.class);
      factory.setAccessible(true);
      return factory;
    } catch (NoSuchMethodException missing) {
      throw new IllegalStateException(
          "Expected %s to have a static of(String)".formatted(type), missing);
    }
  }

  static String brief(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
