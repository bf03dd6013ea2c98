package io.bpfman.nudge.command;

import java.io.InputStream;
import java.io.PrintWriter;

/** What commands read from and print to. */
public record NudgeContext(PrintWriter out, PrintWriter err, InputStream in) {}
