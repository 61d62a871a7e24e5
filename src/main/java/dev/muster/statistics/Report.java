package dev.muster.statistics;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** Figures of one kind. */
record Report<T>(@JsonUnwrapped Place place, @JsonUnwrapped T figures) {}
