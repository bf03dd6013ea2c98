package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.BpfStats;
import java.time.Duration;

/** {@link BpfStats} on libbpf. */
final class LibbpfStats implements BpfStats {
  private final ProgramInfos infos;
  private final StatsWindow window;

  LibbpfStats(Natives natives, Handles handles, ProgramInfos infos) {
    this.infos = infos;
    this.window = new StatsWindow(natives, handles);
  }

  @Override
  public void countFor(Duration length) {
    window.extend(length);
  }

  @Override
  public Reading read() {
    return new Reading(System.nanoTime(), infos.counters());
  }
}
