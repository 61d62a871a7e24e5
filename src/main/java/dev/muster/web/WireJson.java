package dev.muster.web;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.jackson.JacksonComponent;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Instants go out in UTC, to the second, as the SDKs parse them. */
@JacksonComponent
class WireJson {

  static class InstantToTheSecond extends ValueSerializer<Instant> {
    @Override
    public void serialize(Instant instant, JsonGenerator json, SerializationContext context) {
      json.writeString(instant.truncatedTo(ChronoUnit.SECONDS).toString());
    }
  }
}
