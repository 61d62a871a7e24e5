package dev.muster.table;

import dev.muster.account.Caller;
import dev.muster.table.Tables.Upload;
import dev.muster.web.Answers;
import dev.muster.web.BaseUrl;
import dev.muster.web.IfMatch;
import dev.muster.web.Refusal;
import dev.muster.web.Refused;
import dev.muster.workflow.Advice;
import dev.muster.workflow.Authorship;
import dev.muster.workflow.WorkflowSid;
import dev.muster.workflow.Workflows;
import dev.muster.workspace.Tenant;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/muster/v1/Workspaces/{WorkspaceSid}/Workflows/{Sid}/Table")
class TableController {

  private static final String CSV = "text/csv";
  private static final String XLSX =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private final Tables tables;
  private final Workflows workflows;
  private final Advice advice;

  TableController(Tables tables, Workflows workflows, Advice advice) {
    this.tables = tables;
    this.workflows = workflows;
    this.advice = advice;
  }

  /** The workflow's present instruction as a file; its ETag is the workflow's version. */
  @GetMapping
  @ApiResponse(
      responseCode = "200",
      content = {
        @Content(mediaType = CSV, schema = @Schema(type = "string")),
        @Content(mediaType = XLSX, schema = @Schema(type = "string", format = "binary"))
      })
  ResponseEntity<byte[]> fetch(
      Tenant tenant,
      @PathVariable("Sid") WorkflowSid sid,
      @RequestParam(name = "Format", required = false) @Nullable String asked,
      @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) {
    var format = TableFormat.ofAnswer(asked, accept);
    var workflow = workflows.get(tenant.workspace(), sid);
    var name = ContentDisposition.attachment().filename(sid + "." + format.extension()).build();
    return ResponseEntity.ok()
        .eTag("\"" + workflow.version() + "\"")
        .contentType(format.mediaType())
        .header(HttpHeaders.CONTENT_DISPOSITION, name.toString())
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .body(tables.file(workflow, format));
  }

  /** Makes the file the workflow's instruction, as a new version. */
  @PutMapping
  @RequestBody(
      required = true,
      content = {
        @Content(mediaType = CSV, schema = @Schema(type = "string")),
        @Content(mediaType = XLSX, schema = @Schema(type = "string", format = "binary"))
      })
  ResponseEntity<TableBody> replace(
      Tenant tenant,
      @PathVariable("Sid") WorkflowSid sid,
      Caller caller,
      @RequestParam(name = "ReEvaluateTasks", required = false) @Nullable String reEvaluateTasks,
      @RequestParam(name = "Comment", required = false) @Nullable String comment,
      IfMatch expected,
      BaseUrl base,
      HttpServletRequest request)
      throws IOException {
    var format = TableFormat.ofBody(request.getContentType());
    var upload =
        new Upload(
            format, body(request), flag(reEvaluateTasks), expected, Authorship.of(caller, comment));
    var published = tables.save(tenant.workspace(), sid, upload);
    return Answers.ok(
        TableBody.of(published, advice, tenant, base), published.workflow().version());
  }

  /** The same for callers that cannot PUT. */
  @PostMapping
  @RequestBody(
      required = true,
      content = {
        @Content(mediaType = CSV, schema = @Schema(type = "string")),
        @Content(mediaType = XLSX, schema = @Schema(type = "string", format = "binary"))
      })
  ResponseEntity<TableBody> update(
      Tenant tenant,
      @PathVariable("Sid") WorkflowSid sid,
      Caller caller,
      @RequestParam(name = "ReEvaluateTasks", required = false) @Nullable String reEvaluateTasks,
      @RequestParam(name = "Comment", required = false) @Nullable String comment,
      IfMatch expected,
      BaseUrl base,
      HttpServletRequest request)
      throws IOException {
    return replace(tenant, sid, caller, reEvaluateTasks, comment, expected, base, request);
  }

  private static byte[] body(HttpServletRequest request) throws IOException {
    var body = request.getInputStream().readNBytes(Tables.MAX_BYTES + 1);
    if (body.length > Tables.MAX_BYTES) {
      throw new Refused(
          Refusal.TOO_LARGE,
          "Expected a file of at most %d bytes, but it is larger".formatted(Tables.MAX_BYTES));
    }
    return body;
  }

  private static boolean flag(@Nullable String text) {
    if (text == null || text.isEmpty() || text.equalsIgnoreCase("false")) {
      return false;
    }
    if (text.equalsIgnoreCase("true")) {
      return true;
    }
    throw Refused.invalid(
        "Expected ReEvaluateTasks to be true or false, but got %s", TableError.quote(text));
  }
}
