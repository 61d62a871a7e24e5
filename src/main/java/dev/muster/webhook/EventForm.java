package dev.muster.webhook;

import dev.muster.account.AccountSid;
import dev.muster.callout.FormField;
import dev.muster.event.RecordedEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** An event as a form: what the log says of it, with names in PascalCase. */
final class EventForm {

  private EventForm() {}

  static List<FormField> of(RecordedEvent event, AccountSid account) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("EventType", event.type());
    fields.put("AccountSid", account.value());
    fields.put("WorkspaceSid", event.workspaceSid());
    fields.put("WorkspaceName", Objects.toString(event.data().get("workspace_name"), ""));
    fields.put("EventDescription", event.description());
    fields.put("ResourceType", event.resourceType());
    fields.put("ResourceSid", event.resourceSid());
    fields.put("Timestamp", Long.toString(event.at().getEpochSecond()));
    fields.put("TimestampMs", Long.toString(event.at().toEpochMilli()));
    fields.put("Sid", event.sid().value());
    if (event.taskNumber() != null) {
      fields.put("TaskEventNumber", event.taskNumber().toString());
    }
    event.data().forEach((name, value) -> fields.putIfAbsent(pascal(name), value.toString()));
    return fields.entrySet().stream().map(EventForm::field).toList();
  }

  private static FormField field(Map.Entry<String, String> field) {
    return new FormField(field.getKey(), field.getValue());
  }

  private static String pascal(String snake) {
    var pascal = new StringBuilder(snake.length());
    var upper = true;
    for (var i = 0; i < snake.length(); i++) {
      var letter = snake.charAt(i);
      if (letter == '_') {
        upper = true;
      } else {
        pascal.append(upper ? Character.toUpperCase(letter) : letter);
        upper = false;
      }
    }
    return pascal.toString();
  }
}
