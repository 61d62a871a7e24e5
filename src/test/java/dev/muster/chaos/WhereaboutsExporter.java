package dev.muster.chaos;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import io.camunda.zeebe.exporter.api.Exporter;
import io.camunda.zeebe.exporter.api.context.Context;
import io.camunda.zeebe.exporter.api.context.Controller;
import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.RecordType;
import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.value.IncidentRecordValue;
import io.camunda.zeebe.protocol.record.value.ProcessInstanceRecordValue;
import io.camunda.zeebe.protocol.record.value.TimerRecordValue;
import io.camunda.zeebe.protocol.record.value.UserTaskRecordValue;
import io.camunda.zeebe.protocol.record.value.VariableRecordValue;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/**
 * Runs inside the broker and writes down where processes are, for {@link Whereabouts} to read: one
 * line for a record, its fields parted by tabs. The debug exporter would write twenty times as
 * much, and all of it again after every restart.
 */
public final class WhereaboutsExporter implements Exporter {

  private static final Set<ValueType> VALUES =
      EnumSet.of(
          ValueType.PROCESS_INSTANCE,
          ValueType.VARIABLE,
          ValueType.USER_TASK,
          ValueType.TIMER,
          ValueType.INCIDENT);
  private static final Set<String> PLACES = Set.of("PROCESS", "USER_TASK", "RECEIVE_TASK");

  private static final Context.RecordFilter EVENTS =
      new Context.RecordFilter() {
        @Override
        public boolean acceptType(RecordType type) {
          return type == RecordType.EVENT;
        }

        @Override
        public boolean acceptValue(ValueType value) {
          return VALUES.contains(value);
        }
      };

  private Path file;
  private Controller controller;
  private BufferedWriter out;

  @Override
  public void configure(Context context) {
    file = Path.of(context.getConfiguration().getArguments().get("file").toString());
    context.setFilter(EVENTS);
  }

  @Override
  public void open(Controller controller) {
    this.controller = controller;
    try {
      out = Files.newBufferedWriter(file, CREATE, APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void export(Record<?> record) {
    var intent = record.getIntent().name();
    var value = record.getValue();
    if (value instanceof ProcessInstanceRecordValue element) {
      place(record, intent, element);
    } else if (value instanceof VariableRecordValue variable
        && intent.equals("CREATED")
        && variable.getName().equals("taskSid")) {
      write(record, variable.getProcessInstanceKey(), "task", variable.getValue());
    } else if (value instanceof UserTaskRecordValue task
        && (intent.equals("CREATED") || intent.equals("ASSIGNED"))) {
      var text = task.getElementInstanceKey() + " " + task.getAssignee();
      write(record, task.getProcessInstanceKey(), "assignee", text);
    } else if (value instanceof TimerRecordValue timer && intent.equals("TRIGGERED")) {
      var late = Long.toString(record.getTimestamp() - timer.getDueDate());
      write(record, timer.getProcessInstanceKey(), "timer", late);
    } else if (value instanceof IncidentRecordValue incident && intent.equals("CREATED")) {
      var text = incident.getErrorMessage().replaceAll("\\s+", " ");
      write(record, incident.getProcessInstanceKey(), "incident", text);
    }
    controller.updateLastExportedRecordPosition(record.getPosition());
  }

  private void place(Record<?> record, String intent, ProcessInstanceRecordValue value) {
    if (!PLACES.contains(value.getBpmnElementType().name())) {
      return;
    }
    var text = record.getKey() + " " + value.getElementId();
    switch (intent) {
      case "ELEMENT_ACTIVATED" -> write(record, value.getProcessInstanceKey(), "enters", text);
      case "ELEMENT_COMPLETED", "ELEMENT_TERMINATED" ->
          write(record, value.getProcessInstanceKey(), "leaves", text);
      default -> {}
    }
  }

  private void write(Record<?> record, long process, String what, String text) {
    try {
      out.write("%d\t%d\t%s\t%s\n".formatted(record.getPosition(), process, what, text));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
