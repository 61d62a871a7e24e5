package dev.muster.process;

import io.camunda.zeebe.logstreams.log.LogAppendEntry;
import io.camunda.zeebe.logstreams.log.LogStream;
import io.camunda.zeebe.logstreams.log.WriteContext;
import io.camunda.zeebe.process.test.api.ZeebeTestEngine;
import io.camunda.zeebe.process.test.engine.EngineFactory;
import io.camunda.zeebe.protocol.impl.record.RecordMetadata;
import io.camunda.zeebe.protocol.impl.record.value.usertask.UserTaskRecord;
import io.camunda.zeebe.protocol.record.RecordType;
import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.intent.UserTaskIntent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.test.util.TestSocketUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The 8.8 engine inside this JVM, forgetting everything when it ends; gRPC only. */
final class InMemoryEngine implements TestEngine {

  private static final JsonMapper JSON = new JsonMapper();

  private final int port = TestSocketUtils.findAvailableTcpPort();
  private ZeebeTestEngine engine;

  @Override
  public void start() {
    engine = EngineFactory.create(port);
    engine.start();
  }

  /** Goes on empty, on the same port. */
  void lose() {
    engine.stop();
    start();
  }

  @Override
  public Map<String, Object> properties() {
    return Map.of("camunda.client.grpc-address", "http://127.0.0.1:" + port);
  }

  @Override
  public List<JsonNode> records() {
    var records = new ArrayList<JsonNode>();
    engine
        .getRecordStreamSource()
        .getRecords()
        .forEach(r -> records.add(JSON.readTree(r.toJson())));
    return records;
  }

  /** There is no gRPC command for it, so it is written where Camunda's REST gateway writes it. */
  @Override
  public void completeUserTask(long key) {
    var log = (LogStream) ReflectionTestUtils.getField(engine, "logStream");
    var metadata =
        new RecordMetadata()
            .recordType(RecordType.COMMAND)
            .valueType(ValueType.USER_TASK)
            .intent(UserTaskIntent.COMPLETE);
    var userTask = new UserTaskRecord().setUserTaskKey(key).setAction("complete");
    log.newLogStreamWriter()
        .tryWrite(WriteContext.internal(), LogAppendEntry.of(key, metadata, userTask));
  }

  @Override
  public void close() {
    engine.stop();
  }
}
