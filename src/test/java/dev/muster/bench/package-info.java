/**
 * What Muster does in a second, beside what its parts can do without it. {@code mvn -Pbench verify}
 * runs {@link dev.muster.bench.Bench}; docs/benchmarks.md holds the figures.
 */
package dev.muster.bench;
