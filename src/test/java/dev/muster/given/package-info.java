/** What tests of a workspace's resources start from. */
package dev.muster.given;
