package io.bpfman.nudge.command;

/** How a graph is printed. */
enum GraphFormat {
  TEXT,
  JSON,
  DOT,
  MERMAID
}
