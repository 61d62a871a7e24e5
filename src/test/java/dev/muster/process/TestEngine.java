package dev.muster.process;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A process engine that tests can look into. */
interface TestEngine extends AutoCloseable {

  void start();

  /** As properties of the Camunda client. */
  Map<String, Object> properties();

  /** What the engine has recorded so far, in order. */
  List<JsonNode> records();

  /** Completes a user task as a person in Tasklist would. */
  void completeUserTask(long key);

  @Override
  void close();
}
