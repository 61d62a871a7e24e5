/**
 * What tests of a whole Muster share: {@link dev.muster.testing.MusterTest}, {@link
 * dev.muster.testing.MusterProcessTest} and a clock that can be moved.
 */
package dev.muster.testing;
