package dev.muster.workspace;

import dev.muster.account.Caller;
import dev.muster.web.Refused;
import dev.muster.web.Sid;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Lets controllers whose path holds {@code {WorkspaceSid}} ask for the {@link Tenant}, as an
 * argument of that type.
 */
@Component
class TenantArguments implements WebMvcConfigurer, HandlerMethodArgumentResolver {

  private final Tenants tenants;

  TenantArguments(Tenants tenants) {
    this.tenants = tenants;
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(this);
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Tenant.class;
  }

  @Override
  public Tenant resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    var text = workspaceSid(request);
    if (!Sid.is("WS", text)) {
      throw Refused.notFound();
    }
    return tenants.get(Caller.of(request.getUserPrincipal()).account(), new WorkspaceSid(text));
  }

  private static String workspaceSid(NativeWebRequest request) {
    var variables =
        request.getAttribute(
            HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, RequestAttributes.SCOPE_REQUEST);
    if (variables instanceof Map<?, ?> named && named.get("WorkspaceSid") instanceof String text) {
      return text;
    }
    throw new IllegalStateException("Expected the path to hold {WorkspaceSid}, but it does not");
  }
}
