package io.bpfman.nudge;

import io.bpfman.nudge.command.NudgeContext;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Entry point of {@code bpfman-nudge}. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    NudgeContext context =
        new NudgeContext(writer(FileDescriptor.out), writer(FileDescriptor.err), System.in);
    System.exit(new Commands(context).run(arguments));
  }

  private static PrintWriter writer(FileDescriptor stream) {
    return new PrintWriter(
        new BufferedWriter(
            new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8)),
        false);
  }
}
