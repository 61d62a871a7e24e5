package dev.muster.process;

import dev.muster.task.TaskSid;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What an engine's records say about processes. */
record Records(List<JsonNode> all) {

  private static final Set<String> WAITS =
      Set.of("RECEIVE_TASK", "USER_TASK", "SERVICE_TASK", "MULTI_INSTANCE_BODY");

  /** The keys of all instances that were ever made for a task. */
  Set<Long> instancesOf(TaskSid task) {
    return all.stream()
        .filter(is("VARIABLE", "CREATED"))
        .map(record -> record.get("value"))
        .filter(
            value ->
                value.get("name").asString().equals(TaskProcess.TASK_SID)
                    && value.get("value").asString().equals("\"" + task + "\""))
        .map(value -> value.get("processInstanceKey").asLong())
        .collect(Collectors.toSet());
  }

  /** How many instances of a process were ever made. */
  long processInstances(String process) {
    return all.stream()
        .filter(is("PROCESS_INSTANCE", "ELEMENT_ACTIVATED"))
        .map(record -> record.get("value"))
        .filter(value -> value.get("bpmnProcessId").asString().equals(process))
        .map(value -> value.get("processInstanceKey").asLong())
        .distinct()
        .count();
  }

  /** The ids of the processes that a task has had. */
  Set<String> processesOf(TaskSid task) {
    var instances = instancesOf(task);
    return all.stream()
        .filter(is("PROCESS_INSTANCE", "ELEMENT_ACTIVATED"))
        .map(record -> record.get("value"))
        .filter(value -> instances.contains(value.get("processInstanceKey").asLong()))
        .map(value -> value.get("bpmnProcessId").asString())
        .collect(Collectors.toSet());
  }

  /** The elements at which a task's processes wait; empty if there is none or it has ended. */
  List<String> whereabouts(TaskSid task) {
    var instances = instancesOf(task);
    var active = new LinkedHashMap<Long, String>();
    for (var record : all) {
      var value = record.get("value");
      if (is("PROCESS_INSTANCE", "").test(record)
          && WAITS.contains(value.get("bpmnElementType").asString())
          && instances.contains(value.get("processInstanceKey").asLong())) {
        switch (record.get("intent").asString()) {
          case "ELEMENT_ACTIVATED" ->
              active.put(record.get("key").asLong(), value.get("elementId").asString());
          case "ELEMENT_COMPLETED", "ELEMENT_TERMINATED" ->
              active.remove(record.get("key").asLong());
          default -> {}
        }
      }
    }
    return active.values().stream().distinct().toList();
  }

  /** The elements at which a task's processes have ever waited. */
  Set<String> entered(TaskSid task) {
    var instances = instancesOf(task);
    return all.stream()
        .filter(is("PROCESS_INSTANCE", "ELEMENT_ACTIVATED"))
        .map(record -> record.get("value"))
        .filter(value -> WAITS.contains(value.get("bpmnElementType").asString()))
        .filter(value -> instances.contains(value.get("processInstanceKey").asLong()))
        .map(value -> value.get("elementId").asString())
        .collect(Collectors.toSet());
  }

  /** Whether all of a task's processes have ended. */
  boolean ended(TaskSid task) {
    var instances = instancesOf(task);
    var ended = new HashSet<Long>();
    all.stream()
        .filter(is("PROCESS_INSTANCE", "ELEMENT_COMPLETED"))
        .filter(record -> record.get("value").get("bpmnElementType").asString().equals("PROCESS"))
        .forEach(record -> ended.add(record.get("key").asLong()));
    return !instances.isEmpty() && ended.containsAll(instances);
  }

  /** The user tasks of a task that nobody has answered or withdrawn. */
  List<JsonNode> userTasks(TaskSid task) {
    var instances = instancesOf(task);
    var open = new LinkedHashMap<Long, JsonNode>();
    for (var record : all) {
      var value = record.get("value");
      if (is("USER_TASK", "").test(record)
          && instances.contains(value.get("processInstanceKey").asLong())) {
        switch (record.get("intent").asString()) {
          case "CREATED", "ASSIGNED" -> open.put(value.get("userTaskKey").asLong(), value);
          case "COMPLETED", "CANCELED" -> open.remove(value.get("userTaskKey").asLong());
          default -> {}
        }
      }
    }
    return new ArrayList<>(open.values());
  }

  /** How often jobs of a task have failed. */
  long failedJobs(TaskSid task) {
    var instances = instancesOf(task);
    return all.stream()
        .filter(is("JOB", "FAILED"))
        .filter(
            record -> instances.contains(record.get("value").get("processInstanceKey").asLong()))
        .count();
  }

  /** How often something happened to a job. */
  long jobs(String intent, long job) {
    return all.stream()
        .filter(is("JOB", intent))
        .filter(record -> record.get("key").asLong() == job)
        .count();
  }

  /** How often jobs of an instance have failed. */
  long failedJobsOf(long instance) {
    return of(instance, "JOB", "FAILED").count();
  }

  /** The messages of the incidents of an instance. */
  List<String> incidentsOf(long instance) {
    return of(instance, "INCIDENT", "CREATED")
        .map(incident -> incident.get("errorMessage").asString())
        .toList();
  }

  /** The end events that an instance has come to. */
  List<String> ends(long instance) {
    return of(instance, "PROCESS_INSTANCE", "ELEMENT_COMPLETED")
        .filter(value -> value.get("bpmnElementType").asString().equals("END_EVENT"))
        .map(value -> value.get("elementId").asString())
        .toList();
  }

  private Stream<JsonNode> of(long instance, String type, String intent) {
    return all.stream()
        .filter(is(type, intent))
        .map(record -> record.get("value"))
        .filter(value -> value.get("processInstanceKey").asLong() == instance);
  }

  private static Predicate<JsonNode> is(String type, String intent) {
    return record ->
        record.get("recordType").asString().equals("EVENT")
            && record.get("valueType").asString().equals(type)
            && (intent.isEmpty() || record.get("intent").asString().equals(intent));
  }
}
