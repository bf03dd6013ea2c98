package io.bpfman.cli;

import io.bpfman.model.Failure;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Shows failures on stderr: one sentence, a hint, and for the verifier its whole log. */
final class ErrorReport {
  /** Any failure while running. */
  static final int FAILED = 1;

  /** A command line that cannot be understood. */
  static final int USAGE = 80;

  private ErrorReport() {}

  /** For picocli; a usage error found late is still one. */
  static int failed(Exception thrown, CommandLine command, ParseResult parsed) {
    if (thrown instanceof ParameterException usage) {
      return misused(usage, parsed.originalArgs().toArray(new String[0]));
    }
    if (thrown instanceof CommandLine.TypeConversionException usage) {
      return misused(
          new ParameterException(command, String.valueOf(usage.getMessage()), usage),
          parsed.originalArgs().toArray(new String[0]));
    }
    print(thrown, command.getErr());
    return FAILED;
  }

  /** For picocli. */
  static int misused(ParameterException usage, String[] arguments) {
    CommandLine command = usage.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("bpfman: " + UsageWords.of(usage));
    if (!UnmatchedArgumentException.printSuggestions(usage, err)) {
      err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    }
    err.flush();
    return USAGE;
  }

  /** Message and hint; the log before them, so that the summary stays in sight. */
  static void print(Throwable thrown, PrintWriter err) {
    Failure failure = Failure.of(thrown);
    if (!failure.log().isEmpty()) {
      err.println(failure.log().stripTrailing());
      err.println();
    }
    err.println("bpfman: " + failure.message());
    if (!failure.hint().isEmpty()) {
      err.println("hint: " + failure.hint());
    }
    if (!(thrown instanceof io.bpfman.model.BpfmanException)) {
      err.println(trace(thrown));
    }
    err.flush();
  }

  private static String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString().stripTrailing();
  }
}
