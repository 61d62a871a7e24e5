package dev.muster.callout;

/** One name and value of a form; a name may come more than once. */
public record FormField(String name, String value) {}
