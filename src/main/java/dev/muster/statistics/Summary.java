package dev.muster.statistics;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** Figures of the present and of the past. */
record Summary<R, C>(@JsonUnwrapped Place place, R realtime, C cumulative) {}
