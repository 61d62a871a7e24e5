/**
 * The local stack: Muster, PostgreSQL and Camunda on loopback, without Docker, from Maven artifacts
 * alone.
 *
 * <p>With {@link dev.muster.local.LocalOperate} people can see in Operate and Tasklist what the
 * broker does.
 *
 * <p>{@link dev.muster.local.MusterLocal} runs it for people ({@code mvn spring-boot:test-run});
 * the tests take single servers from {@link dev.muster.local.Servers}. All of it lives on the test
 * class path, so the packaged jar holds none of it.
 */
package dev.muster.local;
