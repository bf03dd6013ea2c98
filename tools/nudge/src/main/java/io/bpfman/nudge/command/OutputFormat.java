package io.bpfman.nudge.command;

/** How a result is printed. */
enum OutputFormat {
  TEXT,
  JSON
}
