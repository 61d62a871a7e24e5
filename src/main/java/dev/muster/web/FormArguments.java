package dev.muster.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
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

  private final Forms forms;
  private final ObjectMapper json;

  FormArguments(Forms forms, ObjectMapper json) {
    this.forms = forms;
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
      throws IOException {
    var parameters = Parameters.of((HttpServletRequest) request.getNativeRequest(), json);
    return forms.read(parameter.getParameterType(), parameters, Forms::wireName);
  }
}
