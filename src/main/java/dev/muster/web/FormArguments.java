package dev.muster.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.Validator;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import tools.jackson.databind.ObjectMapper;

/** Reads {@link Form} arguments. */
@Component
class FormArguments implements HandlerMethodArgumentResolver {

  private final Map<Class<?>, Shape> shapes = new ConcurrentHashMap<>();
  private final Validator validator;
  private final ObjectMapper json;

  FormArguments(Validator validator, ObjectMapper json) {
    this.validator = validator;
    this.json = json;
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.hasParameterAnnotation(Form.class);
  }

  @Override
  public Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders)
      throws Exception {
    var parameters = Parameters.of((HttpServletRequest) request.getNativeRequest(), json);
    var form = shapes.computeIfAbsent(parameter.getParameterType(), Shape::of).read(parameters);
    var violations = validator.validate(form);
    if (!violations.isEmpty()) {
      throw Violations.refuse(violations);
    }
    return form;
  }

  /**
   * The wire's name of a record component: {@code friendlyName} is sent as {@code FriendlyName}.
   */
  static String wireName(String component) {
    return Character.toUpperCase(component.charAt(0)) + component.substring(1);
  }

  /** The components that carry parameters: those of groups stand in for them. */
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

  private record Shape(Constructor<?> constructor, RecordComponent[] components) {

    static Shape of(Class<?> type) {
      var components = type.getRecordComponents();
      var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      try {
        var constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return new Shape(constructor, components);
      } catch (NoSuchMethodException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    Object read(Parameters parameters) throws ReflectiveOperationException {
      var arguments = new Object[components.length];
      for (var i = 0; i < components.length; i++) {
        arguments[i] = value(components[i], parameters);
      }
      try {
        return constructor.newInstance(arguments);
      } catch (InvocationTargetException wrapped) {
        if (wrapped.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw wrapped;
      }
    }

    private static @Nullable Object value(RecordComponent component, Parameters parameters)
        throws ReflectiveOperationException {
      var name = wireName(component.getName());
      return isGroup(component)
          ? Shape.of(component.getType()).read(parameters)
          : WireValue.read(component, name, parameters.all(name));
    }
  }
}
