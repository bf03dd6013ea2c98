package io.bpfman.demo;

import io.bpfman.model.BpfmanException;
import java.io.Console;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Entry point of {@code bpfman-demo}. */
public final class Main {
  private static final int USAGE = 80;
  private static final int INTERRUPTED = 130;
  private static final int DEFAULT_WIDTH = 120;

  /** Longest wait for the removal after Ctrl-C. */
  private static final int REMOVAL_SECONDS = 90;

  private Main() {}

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    RunOptions options = new RunOptions();
    CommandLine command = new CommandLine(options);
    try {
      CommandLine.ParseResult parsed = command.parseArgs(arguments);
      Integer helped = CommandLine.executeHelpRequest(parsed);
      if (helped != null) {
        System.exit(helped);
      }
    } catch (CommandLine.ParameterException misused) {
      System.err.println("bpfman-demo: " + misused.getMessage());
      System.exit(USAGE);
    }
    System.exit(run(options));
  }

  private static int run(RunOptions options) {
    Screen screen = screen();
    StopSignal stop = new StopSignal();
    CountDownLatch done = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> finish(options, stop, done), "shutdown"));
    try {
      Requirements.check(options);
      new Leftovers(screen).remove();
      String id = HexFormat.of().toHexDigits((short) RandomGenerator.getDefault().nextInt());
      return new Demonstration(
              options, screen, stop, Workspace.create(id, ProcessHandle.current().pid()))
          .run();
    } catch (BpfmanException | IOException failed) {
      System.err.println("bpfman-demo: " + failed.getMessage());
      return 1;
    } finally {
      done.countDown();
    }
  }

  /** On a signal: ends the work, waits until all is removed, and only then lets the JVM go. */
  private static void finish(RunOptions options, StopSignal stop, CountDownLatch done) {
    boolean signalled = done.getCount() > 0;
    stop.request();
    try {
      if (!done.await(REMOVAL_SECONDS, TimeUnit.SECONDS)) {
        System.err.println(
            "bpfman-demo: gave up removing everything after %d s".formatted(REMOVAL_SECONDS));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    if (signalled) {
      // To be stopped is how the endless run ends well.
      Runtime.getRuntime().halt(options.once() ? INTERRUPTED : 0);
    }
  }

  private static Screen screen() {
    boolean terminal = isTerminal(System.console());
    return new Screen(System.out, terminal, terminal ? width() : DEFAULT_WIDTH, System.nanoTime());
  }

  private static boolean isTerminal(@Nullable Console console) {
    return console != null && console.isTerminal();
  }

  private static int width() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size").redirectInput(ProcessBuilder.Redirect.INHERIT).start();
      String size =
          new String(
              stty.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
      String[] parts = size.strip().split(" ", -1);
      int columns = parts.length == 2 ? Integer.parseInt(parts[1]) : 0;
      // Some pseudo-terminals do not know their size and answer 0.
      return columns > 0 ? columns : DEFAULT_WIDTH;
    } catch (IOException | NumberFormatException unknown) {
      return DEFAULT_WIDTH;
    }
  }
}
