package io.bpfman.cli.top;

import io.bpfman.cli.CliContext;
import io.bpfman.cli.LoaderSession;
import io.bpfman.cli.output.Fields;
import io.bpfman.cli.output.OutputFormat;
import io.bpfman.cli.output.OutputOption;
import io.bpfman.cli.output.Table;
import io.bpfman.cli.program.KernelTypes;
import io.bpfman.proto.x.v1.ProgramStats;
import io.bpfman.proto.x.v1.StatsRequest;
import io.bpfman.proto.x.v1.StatsResponse;
import java.io.Console;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code bpfman top}. The kernel counts only while this runs: each sample asks it to go on for
 * twice the interval.
 */
@Command(name = "top", description = "Shows how often programs run and what they cost.")
public final class TopCommand implements Callable<Integer> {
  /** Clears the screen and goes to its top left corner (ECMA-48). */
  private static final String CLEAR = "\033[H\033[2J";

  private static final double MAX_SECONDS = 30;
  private static final double MIN_SECONDS = 0.1;

  private final CliContext context;

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      defaultValue = "1",
      description = "Time between samples, 0.1 to 30 (default 1).")
  private double interval = 1;

  @Option(names = "--once", description = "One table, then ends; so without a terminal.")
  private boolean once;

  @Option(
      names = {"-a", "--all"},
      description = "Also programs that somebody else loaded.")
  private boolean all;

  @Mixin private OutputOption output = new OutputOption();

  public TopCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (!(interval >= MIN_SECONDS && interval <= MAX_SECONDS)) {
      throw new TypeConversionException(
          "--interval %s: the range is %s to %s seconds"
              .formatted(interval, MIN_SECONDS, MAX_SECONDS));
    }
    try (LoaderSession session = context.connect()) {
      StatsResponse first = sample(session);
      boolean live = !once && output.format() == OutputFormat.TEXT && onTerminal();
      do {
        pause();
        StatsResponse second = sample(session);
        show(TopRow.between(first, second), live);
        first = second;
      } while (live);
    }
    return 0;
  }

  private static boolean onTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  private StatsResponse sample(LoaderSession session) {
    StatsRequest request =
        StatsRequest.newBuilder()
            .setIncludeForeign(all)
            .setWindowMs((int) (interval * 2_000))
            .build();
    return session.call(loader -> loader.stats(request));
  }

  /** Ends with the process: a signal is the only way out of a live table. */
  private void pause() throws InterruptedException {
    if (new CountDownLatch(1).await((long) (interval * 1e9), TimeUnit.NANOSECONDS)) {
      throw new InterruptedException();
    }
  }

  private void show(List<TopRow> rows, boolean live) {
    context.print(
        output.format(),
        () -> new Fields().put("programs", rows.stream().map(TopCommand::json).toList()).map(),
        () -> (live ? CLEAR : "") + table(rows));
  }

  private static Object json(TopRow row) {
    ProgramStats now = row.now();
    return new Fields()
        .put("program_id", Integer.toUnsignedLong(now.getProgramId()))
        .put("name", now.getName())
        .put("kernel_type", KernelTypes.kernelName(now.getType()))
        .put("runs_per_second", rounded(row.runsPerSecond(), 10))
        .put("average_ns", row.averageNanoseconds())
        .put("cpu_percent", rounded(row.cpuPercent(), 10_000))
        .put("memory_bytes", now.getMemoryBytes())
        .put("run_count", now.getRunCount())
        .put("run_time_ns", now.getRunTimeNs())
        .map();
  }

  private static double rounded(double value, double steps) {
    return Math.round(value * steps) / steps;
  }

  private static String table(List<TopRow> rows) {
    Table table =
        new Table("PROGRAM ID", "NAME", "KERNEL TYPE", "RUNS/S", "AVG NS", "CPU %", "MEMORY");
    for (TopRow row : rows) {
      table.row(
          Integer.toUnsignedString(row.now().getProgramId()),
          row.now().getName(),
          KernelTypes.kernelName(row.now().getType()),
          "%.1f".formatted(row.runsPerSecond()),
          Long.toString(row.averageNanoseconds()),
          "%.3f".formatted(row.cpuPercent()),
          "%d KiB".formatted(row.now().getMemoryBytes() / 1024));
    }
    return rows.isEmpty() ? "no programs\n" : table.text();
  }
}
