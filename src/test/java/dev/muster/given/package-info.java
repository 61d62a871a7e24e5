/** What tests of workers and queues start from. */
package dev.muster.given;
