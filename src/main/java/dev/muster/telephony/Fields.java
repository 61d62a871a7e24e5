package dev.muster.telephony;

import dev.muster.callout.FormField;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of a request to the Calls API, without those that have no value. */
final class Fields {

  private final List<FormField> fields = new ArrayList<>();

  Fields with(String name, @Nullable Object value) {
    if (value != null && !value.toString().isEmpty()) {
      fields.add(new FormField(name, value.toString()));
    }
    return this;
  }

  Fields withAll(String name, List<?> values) {
    values.forEach(value -> with(name, value));
    return this;
  }

  List<FormField> list() {
    return List.copyOf(fields);
  }
}
