/**
 * What Muster does in a second, beside what its parts can do without it. {@code mvn -Pbench verify}
 * runs {@link dev.muster.bench.Bench}; docs/benchmarks.md says how to read it.
 */
package dev.muster.bench;
