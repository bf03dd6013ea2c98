package io.bpfman.cli.top;

import io.bpfman.proto.x.v1.ProgramStats;
import io.bpfman.proto.x.v1.StatsResponse;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What one program did between two samples.
 *
 * @param now its counters at the second sample
 * @param seconds between the samples
 * @param runs in this time
 * @param nanoseconds of these runs
 */
record TopRow(ProgramStats now, double seconds, long runs, long nanoseconds) {

  /** Programs of both samples, the busiest first. */
  static List<TopRow> between(StatsResponse first, StatsResponse second) {
    Map<Integer, ProgramStats> before =
        first.getProgramsList().stream()
            .collect(Collectors.toMap(ProgramStats::getProgramId, Function.identity()));
    double seconds = (second.getSampledAtNs() - first.getSampledAtNs()) / 1e9;
    return second.getProgramsList().stream()
        .filter(now -> before.containsKey(now.getProgramId()))
        .map(now -> row(before.getOrDefault(now.getProgramId(), now), now, seconds))
        .sorted(
            Comparator.comparingLong(TopRow::nanoseconds)
                .reversed()
                .thenComparing(row -> Integer.toUnsignedLong(row.now().getProgramId())))
        .toList();
  }

  private static TopRow row(ProgramStats before, ProgramStats now, double seconds) {
    return new TopRow(
        now,
        seconds,
        now.getRunCount() - before.getRunCount(),
        now.getRunTimeNs() - before.getRunTimeNs());
  }

  double runsPerSecond() {
    return seconds <= 0 ? 0 : runs / seconds;
  }

  /** 0 without runs. */
  long averageNanoseconds() {
    return runs == 0 ? 0 : nanoseconds / runs;
  }

  /** Of one CPU. */
  double cpuPercent() {
    return seconds <= 0 ? 0 : nanoseconds / (seconds * 1e9) * 100;
  }
}
