package io.bpfman.nudge.core.yaml;

/** Units from {@code start} to before {@code end}. */
record Span(int start, int end) {}
