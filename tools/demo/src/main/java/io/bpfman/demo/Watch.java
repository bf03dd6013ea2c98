package io.bpfman.demo;

import io.bpfman.cli.LoaderOpener;
import io.bpfman.cli.LoaderSession;
import io.bpfman.model.BpfmanException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Watches applications and counters, and keeps the processes running meanwhile. One thread. */
final class Watch {
  private static final Duration TICK = Duration.ofMillis(500);

  /** Without a terminal every table stays, so they come less often. */
  private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(5);

  private final Workspace workspace;
  private final Screen screen;
  private final Supervisor supervisor;
  private final StopSignal stop;
  private final Rates rates;
  private List<CounterRow> rows = List.of();
  private String trouble = "";
  private long shownAt;

  Watch(Workspace workspace, Screen screen, Supervisor supervisor, StopSignal stop, Rates rates) {
    this.workspace = workspace;
    this.screen = screen;
    this.supervisor = supervisor;
    this.stop = stop;
    this.rates = rates;
  }

  /** Until the stop signal, which leaves it as a StoppedException. */
  void forever(LoaderOpener opener) {
    try (LoaderSession session =
        opener.open(LoaderOpener.target(workspace.socket(), workspace.runtime()))) {
      Counters counters = new Counters(session);
      while (!stop.isRequested()) {
        tick(counters);
        show();
        stop.pause(TICK);
      }
      throw new StopSignal.StoppedException();
    }
  }

  /** Until all is well: then empty, else what is not after {@code limit}. */
  List<String> until(
      LoaderOpener opener, Applications applications, List<String> names, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    try (LoaderSession session =
        opener.open(LoaderOpener.target(workspace.socket(), workspace.runtime()))) {
      Counters counters = new Counters(session);
      List<String> missing = missing(applications, names);
      while (!missing.isEmpty() && System.nanoTime() < end) {
        tick(counters);
        missing = missing(applications, names);
        if (screen.isTerminal()) {
          show();
        }
        stop.pause(TICK);
      }
      return missing;
    }
  }

  /** The last reading, to stay. */
  void showLast() {
    showNow();
    screen.settle();
  }

  private void showNow() {
    screen.table(rates.table(rows));
  }

  private void tick(Counters counters) {
    supervisor.check();
    try {
      rows = counters.read();
      rates.add(rows, System.nanoTime());
      if (!trouble.isEmpty()) {
        screen.step("the daemon answers again");
        trouble = "";
      }
    } catch (BpfmanException failed) {
      if (trouble.isEmpty()) {
        screen.notice("cannot read counters: " + failed.failure().message());
      }
      trouble = failed.failure().message();
    }
  }

  private void show() {
    long now = System.nanoTime();
    if (screen.isTerminal() || now - shownAt >= PLAIN_INTERVAL.toNanos()) {
      shownAt = now;
      showNow();
    }
  }

  private List<String> missing(Applications applications, List<String> names) {
    Map<String, Applications.State> states = applications.states();
    List<String> missing = new ArrayList<>();
    for (String name : names) {
      Applications.State state =
          states.getOrDefault(name, new Applications.State("without status", ""));
      if (!state.reason().equals("Success")) {
        missing.add(
            "application %s is %s %s".formatted(name, state.reason(), state.message()).strip());
      }
    }
    TreeSet<String> still = new TreeSet<>(Samples.counters().keySet());
    still.removeAll(rates.risen());
    still.forEach(program -> missing.add("the counter of %s did not rise".formatted(program)));
    return missing;
  }
}
