package dev.muster.web;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The description of the interface at {@code /v3/api-docs}, read from the controllers. */
@Configuration(proxyBeanMethods = false)
class ApiDocument {

  private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");
  private static final String BASIC = "accountSid_authToken";

  @Bean
  OpenAPI openApi() {
    var basic =
        new SecurityScheme()
            .type(SecurityScheme.Type.HTTP)
            .scheme("basic")
            .description(
                "An account SID (AC…) with its auth token, or an API key SID (SK…) with its secret");
    return new OpenAPI()
        .info(new Info().title("Muster").version("v1").description("Work distribution"))
        .components(new Components().addSecuritySchemes(BASIC, basic))
        .addSecurityItem(new SecurityRequirement().addList(BASIC));
  }

  /** Schemas name their properties as the answers do. */
  @Bean
  ModelResolver snakeCaseSchemas(ObjectMapperProvider mappers) {
    var mapper = mappers.jsonMapper().copy();
    return new ModelResolver(mapper.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE));
  }

  /** An argument without an annotation of Spring's comes from a resolver, not from the caller. */
  @Bean
  SmartInitializingSingleton hideProvidedArguments(
      @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping controllers) {
    return () -> {
      var ignored =
          controllers.getHandlerMethods().values().stream()
              .flatMap(method -> Stream.of(method.getMethodParameters()))
              .filter(ApiDocument::isProvided)
              .map(MethodParameter::getParameterType)
              .distinct()
              .toArray(Class<?>[]::new);
      SpringDocUtils.getConfig().addRequestWrapperToIgnore(ignored);
      SpringDocUtils.getConfig().addAnnotationsToIgnore(Form.class);
    };
  }

  /** A part of the path that a resolver reads is still the caller's to say. */
  @Bean
  OpenApiCustomizer pathParameters() {
    return document ->
        document
            .getPaths()
            .forEach(
                (path, item) ->
                    item.readOperations().forEach(operation -> addMissing(path, operation)));
  }

  private static void addMissing(String path, Operation operation) {
    var parameters =
        new ArrayList<Parameter>(Objects.requireNonNullElse(operation.getParameters(), List.of()));
    var known = parameters.stream().map(Parameter::getName).toList();
    VARIABLE
        .matcher(path)
        .results()
        .map(variable -> variable.group(1))
        .filter(name -> !known.contains(name))
        .forEach(
            name ->
                parameters.addFirst(
                    new Parameter()
                        .in("path")
                        .name(name)
                        .required(true)
                        .schema(new StringSchema())));
    operation.setParameters(parameters);
  }

  private static boolean isProvided(MethodParameter parameter) {
    return parameter.getDeclaringClass().getName().startsWith("dev.muster.")
        && Arrays.stream(parameter.getParameterAnnotations())
            .map(Annotation::annotationType)
            .noneMatch(type -> type.getName().startsWith("org.springframework.web."));
  }
}
