package io.bpfman.cli.output;

/** A value that is JSON already; {@link Json} writes it as it is. */
public record RawJson(String text) {}
