package dev.muster.telephony;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a leg of a conference is told to do: to join the room with these attributes. */
final class Twiml {

  private final String room;
  private final Map<String, String> attributes = new LinkedHashMap<>();

  private Twiml(String room) {
    this.room = room;
  }

  static Twiml conference(String room) {
    return new Twiml(room);
  }

  /** Without a value there is no attribute, and the telephone company's default counts. */
  Twiml with(String attribute, @Nullable Object value) {
    if (value != null && !value.toString().isEmpty()) {
      attributes.put(attribute, value.toString());
    }
    return this;
  }

  Twiml withAll(String attribute, List<?> values) {
    return with(attribute, values.stream().map(Object::toString).collect(Collectors.joining(" ")));
  }

  @Override
  public String toString() {
    var written = new StringBuilder();
    attributes.forEach(
        (name, value) ->
            written.append(' ').append(name).append("=\"").append(escape(value)).append('"'));
    return "<Response><Dial><Conference%s>%s</Conference></Dial></Response>"
        .formatted(written, escape(room));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
