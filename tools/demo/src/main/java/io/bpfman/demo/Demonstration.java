package io.bpfman.demo;

import io.bpfman.cli.GrpcOpener;
import io.bpfman.cli.LoaderOpener;
import io.bpfman.cli.LoaderSession;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.x.v1.DescribeRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The whole sequence: prepare, start, apply, watch, remove. */
final class Demonstration {
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration CALL_LIMIT = Duration.ofSeconds(5);
  private static final int LOG_LINES = 20;

  private final RunOptions options;
  private final Screen screen;
  private final StopSignal stop;
  private final Workspace workspace;
  private final Namespaces namespaces;
  private final Supervisor supervisor;
  private final Fleet fleet;
  private final Applications applications;
  private final LoaderOpener opener = new GrpcOpener(CALL_LIMIT);

  Demonstration(RunOptions options, Screen screen, StopSignal stop, Workspace workspace) {
    this.options = options;
    this.screen = screen;
    this.stop = stop;
    this.workspace = workspace;
    this.namespaces = new Namespaces(workspace.id());
    this.supervisor = new Supervisor(screen, new java.util.Random());
    this.fleet = new Fleet(workspace, namespaces, options.distribution(), options.nodeName());
    this.applications =
        options.kube()
            ? new KubeApplications(workspace, namespaces, options, stop)
            : new ManifestApplications(workspace, opener, fleet.command("bpfman"));
  }

  /** 0, or 1 after saying what went wrong. Leaves nothing behind either way. */
  int run() {
    boolean tracingBefore = Cleanup.tracingMounted();
    int code = 1;
    try {
      code = work();
    } catch (StopSignal.StoppedException stopped) {
      screen.step("stopping");
      code = 0;
    } catch (BpfmanException | IOException failed) {
      screen.notice("failed: " + failed.getMessage());
      showLogs();
    }
    boolean clean =
        new Cleanup(workspace, namespaces, supervisor, screen)
            .run(opener, applications, options.keepLogs(), !tracingBefore);
    return clean ? code : 1;
  }

  private int work() throws IOException {
    Samples samples = new Samples(options.samples());
    screen.step("%d sample programs compiled".formatted(samples.compile(workspace.objects())));
    samples.copyManifests(workspace.objects(), workspace.samples());
    namespaces.create();
    screen.step(
        "network namespaces %s and %s made, joined by a veth pair"
            .formatted(namespaces.node(), namespaces.peer()));
    applications.open().forEach(screen::step);
    startServices();
    List<String> names = apply();
    supervisor.start(fleet.traffic());
    supervisor.start(fleet.lookups());
    screen.step("packets go from %s to eth0 of %s".formatted(namespaces.peer(), namespaces.node()));
    return watch(names);
  }

  private void startServices() {
    Service daemon = fleet.daemon();
    Service operator = options.kube() ? fleet.kubeOperator() : fleet.operator();
    Service agent = fleet.agent();
    List.of(daemon, operator, agent).forEach(supervisor::start);
    await("daemon", this::daemonAnswers);
    screen.step("daemon answers on %s, pid %d".formatted(workspace.socket(), daemon.pid()));
    for (Service service : List.of(operator, agent)) {
      await(service.name(), () -> service.hasLogged(" ready"));
      screen.step("%s is ready, pid %d".formatted(service.name(), service.pid()));
    }
  }

  private List<String> apply() {
    List<String> said = applications.apply();
    said.forEach(line -> screen.line("             " + line));
    screen.step("samples applied; look from another terminal with bpftool prog show, or with");
    applications.hints().forEach(line -> screen.line("             " + line));
    return said.stream()
        .map(line -> line.substring(line.indexOf('/') + 1).split(" ", -1)[0])
        .toList();
  }

  private int watch(List<String> names) {
    Rates rates = new Rates(options.nodeName());
    Watch watch = new Watch(workspace, screen, supervisor, stop, rates);
    if (!options.once()) {
      screen.step("Ctrl-C ends it and removes everything");
      watch.forever(opener);
    }
    List<String> missing =
        watch.until(opener, applications, names, Duration.ofSeconds(options.timeoutSeconds()));
    watch.showLast();
    if (missing.isEmpty()) {
      screen.step("every application is up and every counter rose");
      return 0;
    }
    missing.forEach(screen::notice);
    showLogs();
    return 1;
  }

  private boolean daemonAnswers() {
    try (LoaderSession session =
        opener.open(LoaderOpener.target(workspace.socket(), workspace.runtime()))) {
      session.call(loader -> loader.describe(DescribeRequest.getDefaultInstance()));
      return true;
    } catch (BpfmanException notYet) {
      return notYet.code() == FailureCode.UNIMPLEMENTED;
    }
  }

  private void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw FailureCode.START_REFUSED.because(
            "%s not up after %d s".formatted(what, START_LIMIT.toSeconds()));
      }
      supervisor.check();
      stop.pause(TICK);
    }
  }

  private void showLogs() {
    for (Service service : supervisor.services()) {
      screen.line(
          "--- last lines of the %s's log (%s) ---".formatted(service.name(), service.ending()));
      service.logTail(LOG_LINES).forEach(screen::line);
    }
  }
}
