package dev.muster.event;

/** Words of other nodes may have been missed: the connection that brings them is a new one. */
record WordsMissed() {}
