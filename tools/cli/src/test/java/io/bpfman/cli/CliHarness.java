package io.bpfman.cli;

import io.bpfman.testkit.FakeLoader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs command lines against a loader without a kernel. */
public final class CliHarness {
  /** What a command line did. */
  public record Result(int code, String out, String err) {}

  private final FakeLoader loader = new FakeLoader();

  public FakeLoader loader() {
    return loader;
  }

  public Result run(String... arguments) {
    return run(Map.of(), arguments);
  }

  /** With environment variables. */
  public Result run(Map<String, String> environment, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    PrintWriter outWriter = new PrintWriter(out);
    PrintWriter errWriter = new PrintWriter(err);
    LoaderOpener opener = _ -> new LoaderSession(loader, () -> {}, Duration.ofSeconds(5));
    int code = new Commands(opener, environment, outWriter, errWriter).run(List.of(arguments));
    outWriter.flush();
    errWriter.flush();
    return new Result(code, out.toString(), err.toString());
  }
}
