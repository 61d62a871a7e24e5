package dev.muster.web;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.List;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.method.HandlerMethod;

/**
 * Describes what the resolvers of this module read: forms, paging and If-Match. Relies on names: a
 * method {@code create} or {@code rollback} answers 201, {@code delete} 204, and {@code
 * WorkerController} is about a Worker.
 */
@Component
class DocumentedForms implements OperationCustomizer {

  @Override
  public Operation customize(Operation operation, HandlerMethod method) {
    var resource = method.getBeanType().getSimpleName().replace("Controller", "");
    operation.setTags(List.of(resource));
    operation.setOperationId(method.getMethod().getName() + resource);
    var reads = method.hasMethodAnnotation(GetMapping.class) ? HttpMethod.GET : HttpMethod.POST;
    for (var argument : method.getMethodParameters()) {
      describe(operation, argument, reads);
    }
    switch (method.getMethod().getName()) {
      case "create", "rollback" -> moveAnswer(operation, "201", "Created");
      case "delete" -> moveAnswer(operation, "204", "Deleted");
      default -> {}
    }
    return operation;
  }

  private static void describe(Operation operation, MethodParameter argument, HttpMethod reads) {
    if (argument.hasParameterAnnotation(Form.class)) {
      var components = Forms.components(argument.getParameterType());
      if (reads == HttpMethod.GET) {
        describeQuery(operation, components);
      } else {
        operation.requestBody(body(components));
      }
    }
    if (argument.getParameterType() == PageRequest.class) {
      describePaging(operation);
    }
    if (argument.getParameterType() == IfMatch.class) {
      operation.addParametersItem(
          parameter("header", "If-Match", new StringSchema())
              .description("The version that the resource is expected to have; else 412"));
    }
  }

  private static void describeQuery(Operation operation, List<RecordComponent> components) {
    for (var component : components) {
      var field = DocumentedField.of(component);
      operation.addParametersItem(
          parameter("query", field.name(), field.schema()).required(field.required()));
    }
  }

  private static RequestBody body(List<RecordComponent> components) {
    Schema<?> form = new ObjectSchema();
    for (var component : components) {
      var field = DocumentedField.of(component);
      form.addProperty(field.name(), field.schema());
      if (field.required()) {
        form.addRequiredItem(field.name());
      }
    }
    var content = new MediaType().schema(form);
    return new RequestBody()
        .required(form.getRequired() != null)
        .content(
            new Content()
                .addMediaType("application/x-www-form-urlencoded", content)
                .addMediaType("application/json", content));
  }

  private static void describePaging(Operation operation) {
    var size = new IntegerSchema();
    size.setDefault(PageRequest.DEFAULT_SIZE);
    size.minimum(BigDecimal.ONE).maximum(BigDecimal.valueOf(PageRequest.MAX_SIZE));
    operation.addParametersItem(parameter("query", "PageSize", size).description("Items per page"));
    operation.addParametersItem(
        parameter("query", "Page", new IntegerSchema())
            .description("The caller's own count of pages; it needs a PageToken from 1 on"));
    operation.addParametersItem(
        parameter("query", "PageToken", new StringSchema())
            .description("From next_page_url or previous_page_url"));
  }

  private static Parameter parameter(String in, String name, Schema<?> schema) {
    return new Parameter().in(in).name(name).schema(schema);
  }

  private static void moveAnswer(Operation operation, String status, String description) {
    var answer = operation.getResponses().remove("200");
    if (answer != null) {
      operation.getResponses().addApiResponse(status, answer.description(description));
    }
  }
}
