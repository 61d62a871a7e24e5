/**
 * Proves that tasks and reservations are handled right, whatever happens at the same time.
 *
 * <ul>
 *   <li>{@link dev.muster.proof.RandomWorkTest}: after each of many random deeds in the workspaces
 *       of two tenants, only one of which multitasks, the answer and the new state are those that a
 *       reference {@link dev.muster.proof.Model} foretold, the {@link dev.muster.proof.Invariants}
 *       hold, tasks were served and workers asked in the {@link dev.muster.proof.ServingOrder}, and
 *       once the rounds have come to rest no worker is idle while a task waits that this worker may
 *       take. A sequence that fails is made short.
 *   <li>{@link dev.muster.proof.CollidingWorkTest}: the invariants hold in every state that is ever
 *       committed while several clients do such deeds at once on two nodes.
 *   <li>{@link dev.muster.proof.RaceTest}: 64 clients race for the same reservations on two nodes.
 *       There is no second acceptance and no unit of capacity too many, and the history of the
 *       calls is linearizable: there is an order of them, true to real time, in which each got
 *       exactly the answer that the specification gives.
 *   <li>{@link dev.muster.proof.LostWakeUpTest}: two nodes whose commits come late never leave a
 *       worker idle while a task waits, although no sweep helps.
 *   <li>{@link dev.muster.proof.RoundRaceTest} and {@link dev.muster.proof.CrossingLocksTest}:
 *       single races, each brought about at the very statement where it can be lost.
 *   <li>{@link dev.muster.proof.BrokenWorkTest}, {@link dev.muster.proof.BrokenMusterTest} and
 *       {@link dev.muster.proof.LinearizabilityTest}: the checks themselves see what is broken, and
 *       which histories nobody can have seen.
 * </ul>
 */
package dev.muster.proof;
