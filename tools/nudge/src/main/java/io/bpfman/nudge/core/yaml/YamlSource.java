package io.bpfman.nudge.core.yaml;

/** The text that nodes point into. */
record YamlSource(String name, String text, int[] offsets) {}
