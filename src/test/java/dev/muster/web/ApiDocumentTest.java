package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ApiDocumentTest extends ApiTest {

  private JsonNode document;

  @BeforeEach
  void readDocument() {
    document = acme.as("", "").get("/v3/api-docs").json();
  }

  @Test
  void describesAFormWithItsNamesLimitsAndChoices() {
    var content = operation("/v1/Workspaces", "post").path("requestBody").path("content");

    for (var type : List.of("application/x-www-form-urlencoded", "application/json")) {
      var form = content.path(type).path("schema");
      assertThat(form.path("required").valueStream().map(JsonNode::asString))
          .containsExactly("FriendlyName");
      assertThat(form.path("properties").path("FriendlyName").path("maxLength").asInt())
          .isEqualTo(64);
      assertThat(form.path("properties").path("EventCallbackUrl").path("format").asString())
          .isEqualTo("uri");
      assertThat(form.path("properties").path("Template").path("enum").toString())
          .isEqualTo("[\"NONE\",\"FIFO\"]");
      assertThat(form.path("properties").path("MultiTaskEnabled").path("type").asString())
          .isEqualTo("boolean");
    }
  }

  @Test
  void describesFiltersAndPagingAsQueryParameters() {
    var list = operation("/v1/Workspaces/{WorkspaceSid}/Activities", "get");

    assertThat(list.path("parameters").valueStream().map(p -> p.path("name").asString()))
        .containsExactlyInAnyOrder(
            "WorkspaceSid", "FriendlyName", "Available", "PageSize", "Page", "PageToken");
    assertThat(list.has("requestBody")).isFalse();
  }

  @Test
  void describesAnswersInSnakeCaseAndWithTheirStatus() {
    var create = operation("/v1/Workspaces/{WorkspaceSid}/TaskChannels", "post");
    var delete = operation("/v1/Workspaces/{WorkspaceSid}/TaskChannels/{Sid}", "delete");
    var body = document.path("components").path("schemas").path("TaskChannelBody");

    assertThat(create.path("operationId").asString()).isEqualTo("createTaskChannel");
    assertThat(
            create
                .path("responses")
                .path("201")
                .path("content")
                .path("application/json")
                .path("schema")
                .path("$ref")
                .asString())
        .isEqualTo("#/components/schemas/TaskChannelBody");
    assertThat(delete.path("responses").has("204")).isTrue();
    assertThat(body.path("properties").propertyNames())
        .contains("account_sid", "unique_name", "channel_optimized_routing", "date_created");
    assertThat(body.path("properties").path("sid").path("type").asString()).isEqualTo("string");
  }

  @Test
  void hidesWhatIsNotTheCallersToSay() {
    assertThat(document.path("components").path("schemas").propertyNames())
        .doesNotContain("Tenant", "PageRequest", "BaseUrl", "IfMatch", "AccountSid");
    assertThat(document.path("paths").propertyNames())
        .doesNotContain("/error")
        .contains("/2010-04-01/Accounts/{Sid}.json");
  }

  @Test
  void asksForBasicCredentials() {
    var scheme = document.path("components").path("securitySchemes").path("accountSid_authToken");

    assertThat(scheme.path("type").asString()).isEqualTo("http");
    assertThat(scheme.path("scheme").asString()).isEqualTo("basic");
  }

  private JsonNode operation(String path, String method) {
    return document.path("paths").path(path).path(method);
  }
}
