/**
 * What survives when a part is killed at a random moment under load: {@code make chaos} runs {@link
 * dev.muster.chaos.Chaos}, the build a short form of it; docs/chaos.md says how to read it.
 */
package dev.muster.chaos;
