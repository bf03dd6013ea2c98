package io.bpfman.nudge.core.yaml;

/** Text for the units from {@code start} to before {@code end}. */
record Splice(int start, int end, String text) {}
