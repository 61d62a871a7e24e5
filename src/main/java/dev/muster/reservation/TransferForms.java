package dev.muster.reservation;

import dev.muster.task.RoutingTarget;
import dev.muster.task.TaskSid;
import dev.muster.task.TransferMode;
import dev.muster.task.TransferStatus;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What callers send about transfers. */
final class TransferForms {

  private TransferForms() {}

  /**
   * A task to be handed on.
   *
   * @param to a worker, a task queue or a workflow
   * @param mode WARM unless it is said
   */
  record NewTransfer(
      @NotNull ReservationSid reservationSid,
      @NotNull TaskSid taskSid,
      @NotNull RoutingTarget to,
      @Nullable @Size(max = 4096) String attributes,
      @Nullable TransferMode mode,
      @Nullable @Min(0) Integer priority) {}

  record TransferChange(@NotNull TaskSid taskSid, @NotNull TransferStatus transferStatus) {}
}
