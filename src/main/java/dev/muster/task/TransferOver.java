package dev.muster.task;

/**
 * A task stays with the worker who was handing it on; offers of it that are still open end, and a
 * worker who is writing up already takes the task along. Published inside the transaction of the
 * change, with the task as it is afterwards.
 */
public record TransferOver(Task task) {}
