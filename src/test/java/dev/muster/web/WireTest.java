package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;

class WireTest extends ApiTest {

  @Test
  void answersEveryRequestWithItsHeaders() {
    var answers =
        new Wire.Answer[] {
          acme.get("/v1/Workspaces"),
          acme.get("/v1/Nonsense"),
          acme.as("", "").get("/v1/Workspaces")
        };

    for (var answer : answers) {
      assertThat(answer.header("Twilio-Request-Id")).matches("RQ[0-9a-f]{32}");
      assertThat(answer.header("X-Rate-Limit-Limit")).isEqualTo("2000");
      assertThat(answer.header("X-Rate-Limit-Remaining")).matches("[0-9]+");
      assertThat(answer.header("X-Rate-Limit-Config")).isNotEmpty();
      assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
      assertThat(answer.header("Access-Control-Allow-Methods")).contains("POST");
      assertThat(answer.header("Access-Control-Allow-Headers")).contains("If-Match");
      assertThat(answer.header("Access-Control-Allow-Credentials")).isEqualTo("true");
      assertThat(answer.header("Access-Control-Expose-Headers")).contains("ETag");
    }
  }

  @Test
  void answersThePreflightOfABrowserWithoutCredentials() {
    var preflight =
        acme.as("", "")
            .request("/v1/Workspaces")
            .header("Origin", "https://console.example.com")
            .header("Access-Control-Request-Method", "POST")
            .method("OPTIONS", BodyPublishers.noBody());

    var answer = acme.send(preflight);

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(answer.header("Access-Control-Allow-Headers")).contains("Authorization");
  }

  @Test
  void countsTheRequestsOfEachAccountByItself() {
    acme.get("/v1/Workspaces");

    var later = acme.get("/v1/Workspaces").header("X-Rate-Limit-Remaining");

    assertThat(Integer.parseInt(later)).isBetween(1990, 1999);
  }

  @Test
  void namesWhatIsMissingInTheErrorBodyThatSdksRead() {
    var workspace = workspace(acme);

    var answer = acme.get(workspace + "/Activities/WA00000000000000000000000000000000");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text("message"))
        .isEqualTo(
            "The requested resource %s/Activities/WA00000000000000000000000000000000 was not found"
                .formatted(workspace.substring(3)));
    assertThat(answer.json().path("code").asInt()).isEqualTo(20404);
    assertThat(answer.json().path("status").asInt()).isEqualTo(404);
    assertThat(answer.text("more_info")).isEqualTo("https://www.twilio.com/docs/errors/20404");
    assertThat(answer.header("Content-Type")).startsWith("application/json");
  }

  @Test
  void answersUnknownRoutesAndMalformedSidsWith404() {
    for (var path : new String[] {"/v1/Nonsense", "/", "/v1/Workspaces/WSabc", "/v1/Workspaces/"}) {
      var answer = acme.get(path);

      assertThat(answer.status()).as(path).isEqualTo(404);
      assertThat(answer.json().path("code").asInt()).as(path).isEqualTo(20404);
    }
  }

  @Test
  void saysWhichMethodsAResourceHas() {
    var put = acme.request("/v1/Workspaces").PUT(BodyPublishers.ofString(""));

    var answer = acme.send(put);

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.json().path("code").asInt()).isEqualTo(20004);
    assertThat(answer.header("Allow")).contains("GET").contains("POST");
  }

  @Test
  void readsAJsonObjectInPlaceOfAForm() {
    var answer =
        acme.postJson(
            "/v1/Workspaces",
            "{\"FriendlyName\": \"Naïve ☎\", \"PrioritizeQueueOrder\": \"LIFO\", \"MultiTaskEnabled\": true, \"EventsFilter\": null}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.text("friendly_name")).isEqualTo("Naïve ☎");
    assertThat(answer.text("prioritize_queue_order")).isEqualTo("LIFO");
  }

  @Test
  void refusesWhatItCannotReadAndWritesNothing() {
    var deep = "[".repeat(2000) + "]".repeat(2000);

    refused(acme.postJson("/v1/Workspaces", "{\"FriendlyName\": \"Half"), 400, 20001);
    refused(acme.postJson("/v1/Workspaces", "[\"FriendlyName\"]"), 400, 20001);
    refused(acme.postJson("/v1/Workspaces", "{\"FriendlyName\": " + deep + "}"), 400, 20001);
    refused(acme.postJson("/v1/Workspaces", "{\"FriendlyName\": \"a\\u0000b\"}"), 400, 20001);
    refused(acme.postJson("/v1/Workspaces", "{\"FriendlyName\": \"\\ud800\"}"), 400, 20001);
    refused(acme.postJson("/v1/Workspaces", ""), 400, 20001);
    refused(acme.post("/v1/Workspaces", "FriendlyName", "a\0b"), 400, 20001);
    refused(
        acme.postBody("/v1/Workspaces", "application/x-www-form-urlencoded", "FriendlyName=%zz"),
        400,
        20001);
    refused(acme.postBody("/v1/Workspaces", "text/xml", "<FriendlyName/>"), 415, 20415);
    refused(acme.postBody("/v1/Workspaces", "nonsense", "FriendlyName=a"), 415, 20415);
    refused(acme.postJson("/v1/Workspaces", "\"" + "x".repeat(9 * 1024 * 1024) + "\""), 413, 20413);

    assertThat(acme.get("/v1/Workspaces").json().path("workspaces").size()).isZero();
  }

  @Test
  void saysWhatWasExpectedOfAParameterAndWhatCame() {
    refused(acme.post("/v1/Workspaces"), "FriendlyName field is required");
    refused(acme.post("/v1/Workspaces", "FriendlyName", " "), "FriendlyName field is required");
    refused(
        acme.post("/v1/Workspaces", "FriendlyName", "x".repeat(65)),
        "Expected FriendlyName to have at most 64 characters, but got 65");
    refused(
        acme.post("/v1/Workspaces", "FriendlyName", "a", "PrioritizeQueueOrder", "RANDOM"),
        "Expected PrioritizeQueueOrder to be one of FIFO, LIFO, but got 'RANDOM'");
    refused(
        acme.post("/v1/Workspaces", "FriendlyName", "a", "EventCallbackUrl", "ftp://example.com"),
        "Expected EventCallbackUrl to be an absolute http or https URL, but got 'ftp://example.com'");
    refused(
        acme.get("/v1/Workspaces?PageSize=1001"),
        "Expected PageSize to be a whole number from 1 to 1000, but got '1001'");
    refused(acme.get("/v1/Workspaces?PageToken=PAnonsense"), "Expected PageToken");
  }

  @Test
  void answersInJsonWhateverIsAccepted() {
    var answer = acme.send(acme.request("/v1/Workspaces").header("Accept", "text/html").GET());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith("application/json");
  }

  @Test
  void readsAMultipartFormToo() {
    var part =
        "--x\r\nContent-Disposition: form-data; name=\"FriendlyName\"\r\n\r\nMail\r\n--x--\r\n";

    var answer = acme.postBody("/v1/Workspaces", "multipart/form-data; boundary=x", part);

    assertThat(answer.text("friendly_name")).isEqualTo("Mail");
    refused(acme.postBody("/v1/Workspaces", "multipart/form-data", "x"), 400, 20001);
  }

  @Test
  void treatsHostileTextAsText() {
    var name = "'; DROP TABLE workspace; --\n<script>%s{0}";

    var made = acme.post("/v1/Workspaces", "FriendlyName", name);

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text("friendly_name")).isEqualTo(name);
    var found = acme.get("/v1/Workspaces?FriendlyName=%27%3B%20DROP%20TABLE%20workspace%3B%20--");
    assertThat(found.status()).isEqualTo(200);
    assertThat(found.json().path("workspaces").size()).isZero();
  }

  @Test
  void refusesPagesByNumber() {
    var answer = acme.get("/v1/Workspaces?Page=1");

    refused(answer, 400, 40153);
  }

  @Test
  void staysInTheWireFormatWhenNoControllerIsReached() {
    refusedBeside("/v1/Workspaces/%00", 400);
    refusedBeside("/v1/Workspaces/a%2Fb", 400);
    refusedBeside("/v1//Workspaces", 400);
    refusedBeside("/v1/Workspaces;x=y", 400);
    refusedBeside("/v1/Workspaces?" + "x".repeat(9000), 400);
    refused(acme.get("/v1/Workspaces?FriendlyName=%00"), 400, 20001);
  }

  private void refusedBeside(String path, int status) {
    var answer = acme.get(path);

    assertThat(answer.status()).as(path).isEqualTo(status);
    assertThat(answer.json().path("code").asInt()).as(path).isEqualTo(20001);
    assertThat(answer.header("Content-Type")).as(path).startsWith("application/json");
  }
}
