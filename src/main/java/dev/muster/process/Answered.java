package dev.muster.process;

/** What the engine made of a telling. */
record Answered(Claim claim, Standing standing, Reply reply) {}
