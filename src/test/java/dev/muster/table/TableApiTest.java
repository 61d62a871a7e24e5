package dev.muster.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import dev.muster.given.Given;
import dev.muster.given.TwoTenantsTest;
import dev.muster.rules.Instruction;
import dev.muster.web.Wire;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableApiTest extends TwoTenantsTest {

  private static final String XLSX =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private TaskQueue everyone;
  private TaskQueue voice;
  private Workflow workflow;

  @BeforeEach
  void openWorkflow() {
    everyone = ours.queue("Everyone", "1==1");
    voice = ours.queue("Voice", "1==1");
    workflow = ours.workflow("Support", "", everyone);
  }

  @Test
  void routesByTheTableThatWasSent() {
    var answer = send("PUT", "text/csv", table());

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.header("ETag")).isEqualTo("\"2\"");
    assertThat(answer.json().path("version").asInt()).isEqualTo(2);
    assertThat(answer.text("workflow_sid")).isEqualTo(workflow.getSid());
    assertThat(answer.text("url")).endsWith(path());
    assertThat(ours.task(workflow, "{\"channel\": \"voice\"}").getTaskQueueSid())
        .isEqualTo(voice.getSid());
    assertThat(ours.task(workflow, "{\"channel\": \"chat\"}").getTaskQueueSid())
        .isEqualTo(everyone.getSid());
  }

  @Test
  void comesBackInEitherFormatAndGoesInAgain() throws Exception {
    send("POST", "text/csv; charset=utf-8", table());
    var configuration = configuration();

    for (var format : TableFormat.values()) {
      var file = file("?Format=" + format.extension(), "*/*", format);
      assertThat(TableReader.read(format.read(file)).document()).isEqualTo(configuration);
      assertThat(file("", format.mediaType().toString(), format)).isNotEmpty();
      assertThat(send("PUT", format.mediaType().toString(), file).status()).isEqualTo(200);
    }

    assertThat(configuration()).isEqualTo(configuration);
    assertThat(Instruction.parse(configuration).filters()).hasSize(1);
  }

  @Test
  void answersCsvUnlessAskedOtherwise() {
    var answer = ours.wire().get(path());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
    assertThat(answer.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"" + workflow.getSid() + ".csv\"");
    assertThat(answer.header("ETag")).isEqualTo("\"1\"");
    assertThat(answer.body()).contains("default,,%s".formatted(everyone.getSid()));
  }

  @Test
  void refusesFormatsItDoesNotSpeak() {
    refused(ours.get(path(), "Format", "ods"), "Expected Format to be csv or xlsx, but got 'ods'");
    refused(
        ours.wire().send(ours.wire().request(path()).header("Accept", "application/json").GET()),
        "Expected Accept to allow text/csv or");
    refused(send("PUT", "application/json", table()), 415, 20415);
    refused(send("POST", "application/x-www-form-urlencoded", table()), 415, 20415);
    refused(send("PUT", "application/vnd.ms-excel.sheet.macroEnabled.12", table()), 415, 20415);
    refused(send("PUT", "text/csv; charset=iso-8859-1", table()), 415, 20415);
    refused(send("PUT", XLSX, table()), "Expected an XLSX workbook, but got something");
  }

  @Test
  void namesTheCellAndChangesNothing() {
    refused(
        send("PUT", "text/csv", "a ==,queue\nx," + theirs.queue("T", "1==1").getSid()),
        "Expected cell B2 to be the SID or the friendly name of a task queue of this workspace, but got");
    refused(
        send("PUT", XLSX, Workbooks.withCell("<c r='A2'><f>1</f></c>").zip()),
        "Expected a value in cell A2 of sheet 'Routing', but got a formula");
    refused(send("PUT", "text/csv", "Größe".getBytes(StandardCharsets.ISO_8859_1)), "in UTF-8");
    refused(send("PUT", "text/csv", ""), "Expected a row of headings, but the table is empty");

    assertThat(ours.wire().get(path()).header("ETag")).isEqualTo("\"1\"");
  }

  @Test
  void refusesAFileThatIsTooLarge() {
    refused(send("PUT", "text/csv", new byte[Tables.MAX_BYTES + 1]), 413, 20413);
  }

  @Test
  void keepsTwoAnalystsApart() {
    var first =
        ours.wire()
            .send(
                ours.wire()
                    .request(path())
                    .header("Content-Type", "text/csv")
                    .header("If-Match", "\"1\"")
                    .PUT(BodyPublishers.ofString(table())));
    var second =
        ours.wire()
            .send(
                ours.wire()
                    .request(path())
                    .header("Content-Type", "text/csv")
                    .header("If-Match", "\"1\"")
                    .PUT(BodyPublishers.ofString(table())));

    assertThat(first.status()).isEqualTo(200);
    refused(second, 412, 20412);
  }

  @Test
  void runsWaitingTasksThroughItWhenAsked() {
    var waiting = ours.task(workflow, "{\"channel\": \"voice\"}");

    send("PUT", "?ReEvaluateTasks=true", "text/csv", bytes(table()));

    assertThat(ours.present(waiting).getTaskQueueSid()).isEqualTo(voice.getSid());
    refused(
        send("PUT", "?ReEvaluateTasks=maybe", "text/csv", bytes(table())),
        "Expected ReEvaluateTasks to be true or false, but got 'maybe'");
  }

  @Test
  void isNobodyElsesTable() {
    var stranger = theirs.wire();

    refusedAsMissing(stranger.get(path()));
    refusedAsMissing(put(stranger, path(), table()));
    refusedAsMissing(put(stranger, path(theirs), table()));
    assertThat(stranger.as("", "").get(path()).status()).isEqualTo(401);
    assertThat(put(stranger.as("", ""), path(), table()).status()).isEqualTo(401);
    assertThat(ours.wire().get(path()).header("ETag")).isEqualTo("\"1\"");
  }

  @Test
  void isDescribed() {
    var table =
        ours.wire()
            .get("/v3/api-docs")
            .json()
            .path("paths")
            .path("/muster/v1/Workspaces/{WorkspaceSid}/Workflows/{Sid}/Table");

    assertThat(table.propertyNames()).containsExactlyInAnyOrder("get", "put", "post");
    assertThat(table.path("put").path("requestBody").path("content").propertyNames())
        .containsExactlyInAnyOrder("text/csv", XLSX);
    assertThat(table.path("get").path("responses").path("200").path("content").propertyNames())
        .containsExactlyInAnyOrder("text/csv", XLSX);
    assertThat(
            table
                .path("put")
                .path("parameters")
                .valueStream()
                .map(each -> each.path("name").asString()))
        .containsExactlyInAnyOrder("WorkspaceSid", "Sid", "ReEvaluateTasks", "Comment", "If-Match");
    assertThat(table.path("put").path("operationId").asString()).isEqualTo("replaceTable");
  }

  private String table() {
    return "row,name,channel ==,queue,priority\n,Voice,voice,%s,5\ndefault,,,%s,\n"
        .formatted(voice.getSid(), everyone.getSid());
  }

  private String path() {
    return path(ours);
  }

  private String path(Given tenant) {
    return "/muster" + tenant.path("Workflows", workflow.getSid(), "Table");
  }

  private String configuration() {
    return ours.wire().get(ours.path("Workflows", workflow.getSid())).text("configuration");
  }

  private Wire.Answer send(String method, String type, String body) {
    return send(method, type, bytes(body));
  }

  private Wire.Answer send(String method, String type, byte[] body) {
    return send(method, "", type, body);
  }

  private Wire.Answer send(String method, String query, String type, byte[] body) {
    var request = ours.wire().request(path() + query).header("Content-Type", type);
    return ours.wire().send(request.method(method, BodyPublishers.ofByteArray(body)));
  }

  private static Wire.Answer put(Wire wire, String path, String table) {
    var request = wire.request(path).header("Content-Type", "text/csv");
    return wire.send(request.PUT(BodyPublishers.ofString(table)));
  }

  private byte[] file(String query, String accept, TableFormat format) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var request = ours.wire().request(path() + query).header("Accept", accept).build();
      var answer = http.send(request, BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type"))
          .hasValue(format.mediaType().toString());
      return answer.body();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void refusedAsMissing(Wire.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(404);
    assertThat(answer.json().path("code").asInt()).isEqualTo(20404);
  }
}
