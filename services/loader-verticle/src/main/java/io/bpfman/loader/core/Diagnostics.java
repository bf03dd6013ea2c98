package io.bpfman.loader.core;

import io.bpfman.loader.port.BpfStats;
import io.bpfman.loader.port.KernelFeature;
import io.bpfman.model.FailureCode;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What programs cost and what the kernel can do. Blocking; any platform thread, several at once.
 */
public final class Diagnostics {
  /** Longest window of counting. */
  public static final Duration MAX_WINDOW = Duration.ofMinutes(1);

  private final Platform platform;
  private @Nullable List<KernelFeature> features;

  Diagnostics(Platform platform) {
    this.platform = platform;
  }

  /**
   * Counters of one moment.
   *
   * @param at nanoseconds of a clock of which only differences mean something
   */
  public record Reading(long at, List<Row> programs) {}

  /**
   * One program.
   *
   * @param name of the function; for foreign programs the kernel's, cut to 15 bytes
   */
  public record Row(String name, boolean ours, BpfStats.Program counters) {}

  /**
   * Counters now, by ascending program id.
   *
   * @param only this program; null: all
   * @param foreign also programs that somebody else loaded
   * @param window how long the kernel shall count from now on; zero: as it does anyway
   */
  public Reading stats(@Nullable ProgramId only, boolean foreign, Duration window) {
    if (window.compareTo(MAX_WINDOW) > 0) {
      throw FailureCode.INVALID_REQUEST.because(
          "a window of %d ms is longer than %d ms"
              .formatted(window.toMillis(), MAX_WINDOW.toMillis()),
          "ask again before the window ends");
    }
    if (only != null && platform.store().program(only).isEmpty() && !foreign) {
      throw LoaderFailures.unknownProgram(only);
    }
    if (!window.isZero()) {
      platform.kernel().stats().countFor(window);
    }
    Map<Long, ProgramRecord> ours =
        platform.store().programs(Map.of()).stream()
            .collect(Collectors.toMap(record -> record.id().value(), Function.identity()));
    BpfStats.Reading reading = platform.kernel().stats().read();
    return new Reading(
        reading.at(),
        reading.programs().stream()
            .filter(program -> only == null || only.value() == program.id())
            .map(program -> row(program, ours.get(program.id())))
            .filter(row -> foreign || row.ours())
            .toList());
  }

  private static Row row(BpfStats.Program program, @Nullable ProgramRecord record) {
    return record == null
        ? new Row(program.name(), false, program)
        : new Row(record.spec().name(), true, program);
  }

  /** Found out at the first call and kept: a running kernel does not change. */
  public synchronized List<KernelFeature> features() {
    List<KernelFeature> known = features;
    if (known == null) {
      known = platform.kernel().features();
      features = known;
    }
    return known;
  }
}
