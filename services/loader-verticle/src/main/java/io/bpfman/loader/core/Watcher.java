package io.bpfman.loader.core;

import io.bpfman.loader.core.watch.EventHub;
import io.bpfman.loader.core.watch.LoaderEvent;
import io.bpfman.loader.core.watch.WatchSession;
import io.bpfman.loader.port.InterfaceChange;
import io.bpfman.loader.port.KernelListener;
import io.bpfman.loader.port.KernelWatch;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProbedTarget;
import io.bpfman.model.ProgramRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns what the kernel tells into events, and looks for what it does not tell: a few links and
 * programs at each tick, in turn, so that a tick costs the same whatever their number.
 */
final class Watcher implements KernelListener, WatchSession {
  /** A look costs about what List pays for a program, some 20 microseconds. */
  private static final int LOOKS_PER_TICK = 64;

  /** Losses that the kernel does not tell show after at most so long, up to 64 links. */
  static final Duration TICK = Duration.ofSeconds(1);

  private final Platform platform;
  private final EventHub hub;
  private final WatchedState state;
  private final LossCheck check;
  private final KernelWatch watch;
  private volatile boolean live;

  private Watcher(Platform platform, Locks locks, EventHub hub) {
    this.platform = platform;
    this.hub = hub;
    this.state = new WatchedState();
    this.check = new LossCheck(platform, locks, state, event -> hub.found(this, event));
    this.watch = platform.kernel().watch(this, TICK);
  }

  /** Begins at once; is live a little later. */
  static Watcher start(Platform platform, Locks locks, EventHub hub) {
    return new Watcher(platform, locks, hub);
  }

  @Override
  public boolean isLive() {
    return live;
  }

  @Override
  public void noted(LoaderEvent event) {
    if (state.note(event)) {
      watch.wake();
    }
  }

  @Override
  public void stop() {
    watch.stop();
  }

  @Override
  public boolean awaitEnd(Duration limit) {
    return watch.awaitEnd(limit);
  }

  @Override
  public void prepare() {
    state.read(platform.store());
  }

  @Override
  public Set<String> namespaces() {
    return state.links().stream()
        .map(LinkRecord::spec)
        .filter(AttachSpec.Network.class::isInstance)
        .map(spec -> ((AttachSpec.Network) spec).hook().netns())
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  @Override
  public List<Path> directories() {
    return platform.pins().watched();
  }

  @Override
  public Set<Path> targetDirectories() {
    return state.links().stream()
        .map(LinkRecord::probed)
        .filter(Objects::nonNull)
        .map(target -> Path.of(target.file()).getParent())
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  @Override
  public void targetChanged(Path file) {
    List.copyOf(state.links()).stream()
        .filter(link -> link.probed() != null && isOf(link.probed(), file))
        .forEach(check::link);
  }

  /** The name that was given may be a link in the same directory. */
  private static boolean isOf(ProbedTarget target, Path file) {
    Path probed = Path.of(target.file());
    return Objects.equals(probed.getParent(), file.getParent())
        && (probed.endsWith(file.getFileName())
            || Path.of(target.path()).endsWith(file.getFileName()));
  }

  @Override
  public void started() {
    live = true;
    hub.live(this);
  }

  @Override
  public void interfaceChanged(InterfaceChange change) {
    hub.found(this, new LoaderEvent.Interface(change));
    switch (change.what()) {
      case GONE, RENAMED -> checkLinksOn(change.netns(), change.index());
      case APPEARED, UP, DOWN -> {}
    }
  }

  @Override
  public void filtersChanged(@Nullable String netns) {
    checkLinks(link -> link.spec() instanceof AttachSpec.Tc && isIn(link, netns));
  }

  /** The index is the interface's identity: a link stays on it under whatever name. */
  private void checkLinksOn(@Nullable String netns, int index) {
    checkLinks(
        link ->
            isIn(link, netns)
                && link.hook().filter(hook -> hook.interfaceIndex() == index).isPresent());
  }

  private void checkLinks(Predicate<LinkRecord> concerned) {
    List.copyOf(state.links()).stream().filter(concerned).forEach(check::link);
  }

  private static boolean isIn(LinkRecord link, @Nullable String netns) {
    return link.spec() instanceof AttachSpec.Network spec
        && Objects.equals(spec.hook().netns(), netns);
  }

  @Override
  public void removed(Path file) {
    platform.pins().linkAt(file).flatMap(state::link).ifPresent(check::link);
    platform.pins().programAt(file).flatMap(state::program).ifPresent(check::program);
  }

  @Override
  public void tick() {
    for (LinkRecord link : state.nextLinks(LOOKS_PER_TICK)) {
      check.link(link);
    }
    for (ProgramRecord program : state.nextPrograms(LOOKS_PER_TICK)) {
      check.program(program);
    }
    check.prune();
  }

  @Override
  public void failed(BpfmanException reason) {
    hub.failed(this, reason);
  }
}
