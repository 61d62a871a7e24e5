package dev.muster.task;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a task is on its way from one worker to the next. */
public enum TransferStage {
  /** The next worker is looked for. */
  WAITING,
  /** One or more workers are asked. */
  OFFERED;

  static @Nullable TransferStage find(@Nullable String name) {
    return name == null ? null : valueOf(name.toUpperCase(Locale.ROOT));
  }
}
