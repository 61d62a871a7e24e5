package dev.muster.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * Lets controllers ask for a {@link PageRequest}, an {@link IfMatch}, a {@link BaseUrl} or a {@link
 * Form}.
 */
@Component
class WebArguments implements WebMvcConfigurer, HandlerMethodArgumentResolver {

  private final WebSettings settings;
  private final FormArguments forms;

  WebArguments(WebSettings settings, FormArguments forms) {
    this.settings = settings;
    this.forms = forms;
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(this);
    resolvers.add(forms);
  }

  /** Answers are JSON, whatever the caller says it accepts, as the wire format has no other. */
  @Override
  public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
    negotiation.ignoreAcceptHeader(true).defaultContentType(MediaType.APPLICATION_JSON);
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    var type = parameter.getParameterType();
    return type == PageRequest.class || type == IfMatch.class || type == BaseUrl.class;
  }

  @Override
  public Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    var type = parameter.getParameterType();
    if (type == PageRequest.class) {
      return PageRequest.of(
          request.getParameter("PageSize"),
          request.getParameter("Page"),
          request.getParameter("PageToken"));
    }
    if (type == IfMatch.class) {
      var header = request.getHeader("If-Match");
      return header == null ? new IfMatch.Any() : IfMatch.of(header);
    }
    return baseUrl();
  }

  private BaseUrl baseUrl() {
    var configured = settings.publicUrl();
    return new BaseUrl(
        configured == null || configured.isBlank()
            ? ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString()
            : configured.replaceFirst("/+$", ""));
  }
}
