package io.bpfman.cli;

import io.bpfman.cli.output.Json;
import io.bpfman.cli.output.OutputFormat;
import java.io.PrintWriter;
import java.util.function.Supplier;

/**
 * What every command works with.
 *
 * @param out results; nothing else goes there
 * @param err what a person should know beside the result
 */
public record CliContext(
    GlobalOptions options, LoaderOpener loaders, PrintWriter out, PrintWriter err) {

  /** The daemon of {@code --socket-path}, or who stands in for it; the caller closes it. */
  public LoaderSession connect() {
    return loaders.open(options.socketPath(), options.runtimeDir());
  }

  /** The daemon of {@code --socket-path}, and nobody in its place; the caller closes it. */
  public LoaderSession connectToDaemon() {
    return loaders.openDaemon(options.socketPath(), options.runtimeDir());
  }

  /** Prints one of both forms; only that one is computed. An empty text prints nothing. */
  public void print(OutputFormat format, Supplier<Object> json, Supplier<String> text) {
    out.print(format == OutputFormat.JSON ? Json.pretty(json.get()) + "\n" : text.get());
    out.flush();
  }

  /** One line on {@link #out}. */
  public void say(String line) {
    out.println(line);
    out.flush();
  }

  /** One line on {@link #err}. */
  public void warn(String line) {
    err.println(line);
    err.flush();
  }
}
