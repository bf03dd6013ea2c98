package io.bpfman.cli;

import io.bpfman.cli.output.Json;
import io.bpfman.cli.output.OutputFormat;
import io.bpfman.loader.daemon.Care;
import io.bpfman.model.FailureCode;
import java.io.PrintWriter;
import java.util.function.Supplier;

/**
 * What every command works with.
 *
 * @param out results; nothing else goes there
 * @param err what a person should know beside the result
 * @param interactive whether a person reads {@code out}
 */
public record CliContext(
    GlobalOptions options,
    LoaderOpener loaders,
    PrintWriter out,
    PrintWriter err,
    boolean interactive) {

  /** The daemon of {@code --socket-path}, or who stands in for it; the caller closes it. */
  public LoaderSession connect() {
    return connect(Care.ALL);
  }

  /**
   * The same.
   *
   * @param care what a stand-in does about damage and drift before it works
   */
  public LoaderSession connect(Care care) {
    return loaders.open(target(care));
  }

  private LoaderOpener.Target target(Care care) {
    return new LoaderOpener.Target(
        options.socketPath(), options.runtimeDir(), options.lockTimeout(), care, options.named());
  }

  /** The daemon of {@code --socket-path}, and nobody in its place; the caller closes it. */
  public LoaderSession connectToDaemon() {
    return loaders.openDaemon(target(Care.ALL));
  }

  /** Prints one of both forms; only that one is computed. An empty text prints nothing. */
  public void print(OutputFormat format, Supplier<Object> json, Supplier<String> text) {
    out.print(format == OutputFormat.JSON ? Json.pretty(json.get()) + "\n" : text.get());
    requireWritten();
  }

  /** One line on {@link #out}. */
  public void say(String line) {
    out.println(line);
    requireWritten();
  }

  /** One line on {@link #out} for a person who waits; scripts read silence as success. */
  public void tell(String line) {
    if (interactive) {
      say(line);
    }
  }

  /** INTERNAL when what was printed got lost: the disk is full, or nobody reads any more. */
  void requireWritten() {
    if (out.checkError()) {
      throw FailureCode.INTERNAL.because(
          "the output could not be written",
          "the disk may be full, or the reader of the pipe gone; what was asked for is done");
    }
  }

  /** One line on {@link #err}. */
  public void warn(String line) {
    err.println(line);
    err.flush();
  }
}
