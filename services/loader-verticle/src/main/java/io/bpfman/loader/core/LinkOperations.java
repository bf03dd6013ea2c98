package io.bpfman.loader.core;

import io.bpfman.loader.core.watch.EventHub;
import io.bpfman.loader.core.watch.LoaderEvent;
import io.bpfman.loader.port.AttachOrder;
import io.bpfman.loader.port.Attachment;
import io.bpfman.loader.port.TcxPosition;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.ChainKey;
import io.bpfman.model.FailureCode;
import io.bpfman.model.HookId;
import io.bpfman.model.HookPoint;
import io.bpfman.model.LinkId;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.Placement;
import io.bpfman.model.ProbedTarget;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import io.bpfman.model.TcxPoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Attaching and detaching. Blocking; any platform thread, several at once. */
public final class LinkOperations {
  /** Releasing a perf link waits for RCU grace periods: 70 ms alone, more under load. */
  private static final Duration GONE_LIMIT = Duration.ofSeconds(10);

  private final Platform platform;
  private final Chains chains;
  private final Locks locks;
  private final Set<LinkId> leaving = ConcurrentHashMap.newKeySet();
  private final EventHub events;
  private final LoadsUnderWay loads = new LoadsUnderWay();

  LinkOperations(Platform platform, Chains chains, Locks locks, EventHub events) {
    this.platform = platform;
    this.chains = chains;
    this.locks = locks;
    this.events = events;
  }

  EventHub events() {
    return events;
  }

  LoadsUnderWay loads() {
    return loads;
  }

  Chains chains() {
    return chains;
  }

  Locks locks() {
    return locks;
  }

  /**
   * Makes one link; on failure nothing is left in kernel, pins or store, save that the link id is
   * used up.
   */
  public LinkRecord attach(ProgramId id, AttachSpec spec, Map<String, String> metadata) {
    LinkRecord attached =
        Locks.with(locks.using(id), () -> attachLocked(requireFit(id, spec), spec, metadata));
    events.publish(new LoaderEvent.LinkAttached(attached));
    return attached;
  }

  private ProgramRecord requireFit(ProgramId id, AttachSpec spec) {
    ProgramRecord program =
        platform.store().program(id).orElseThrow(() -> LoaderFailures.unknownProgram(id));
    if (!spec.accepts(program.spec().type())) {
      throw FailureCode.ATTACH_KIND_MISMATCH.because(
          "program %s (\"%s\") is of type %s and cannot be attached as %s"
              .formatted(id, program.spec().name(), program.spec().type().cliName(), spec.kind()),
          "attach it as " + program.spec().type().cliName());
    }
    return program;
  }

  private LinkRecord attachLocked(
      ProgramRecord program, AttachSpec spec, Map<String, String> metadata) {
    platform.requirePinTree(events);
    HookPoint point = identify(spec);
    Patience.requireCaller();
    LinkRecord begun =
        platform
            .store()
            .beginAttach(program.id(), spec, metadata, point == null ? null : point.hook());
    try (Undo undo = new Undo()) {
      undo.push(() -> removeUnlessAttached(begun.id()));
      LinkRecord attached = attachAt(point, program, begun);
      undo.push(() -> finishDetach(attached));
      Patience.requireCaller();
      undo.commit();
      return attached;
    }
  }

  /** A chain that was recorded stays so, even when tidying up after it failed. */
  private void removeUnlessAttached(LinkId id) {
    platform
        .store()
        .link(id)
        .filter(link -> link.stage() == LinkRecord.Stage.ATTACHING)
        .ifPresent(link -> platform.store().removeLink(id));
  }

  /** Null for attach points that are no network hook. */
  private @Nullable HookPoint identify(AttachSpec spec) {
    return spec instanceof AttachSpec.Network network
        ? HookPoint.of(spec, platform.kernel().hooks().identify(network.hook())).orElseThrow()
        : null;
  }

  private LinkRecord attachAt(@Nullable HookPoint point, ProgramRecord program, LinkRecord link) {
    return switch (point) {
      case null -> attachAlone(platform.order(program, link, new TcxPosition.Last()), link, null);
      case ChainKey key -> Locks.with(locks.hook(key), () -> chains.attach(program, link, key));
      case TcxPoint tcx -> Locks.with(locks.hook(tcx), () -> attachTcx(tcx, program, link));
    };
  }

  private LinkRecord attachTcx(TcxPoint point, ProgramRecord program, LinkRecord link) {
    List<LinkRecord> peers = livingPeers(point, link);
    requireFirst(program, link, peers);
    TcxPosition position = TcxOrder.positionOf(link, peers);
    Placement place = new Placement(point.hook(), Placement.DIRECT, program.id().value());
    return attachAlone(platform.order(program, link, position), link, place);
  }

  /** The kernel takes a program only once at a TCX hook, and says no more than EEXIST. */
  private static void requireFirst(ProgramRecord program, LinkRecord link, List<LinkRecord> peers) {
    peers.stream()
        .filter(peer -> peer.program().equals(program.id()))
        .findFirst()
        .ifPresent(
            peer -> {
              throw FailureCode.HOOK_BUSY.because(
                  "program %s is already attached to %s as link %s"
                      .formatted(program.id(), link.spec().attachPoint(), peer.id()),
                  "detach that link first, or load the program once more");
            });
  }

  private LinkRecord attachAlone(AttachOrder order, LinkRecord link, @Nullable Placement place) {
    Patience.requireCaller();
    try (Undo undo = new Undo()) {
      Attachment made = platform.kernel().attach(order);
      LinkRecord begun = link.attached(made.kernelLink(), place).noting(made.notes());
      undo.push(() -> platform.kernel().detach(begun, order.linkPin()));
      LinkRecord attached = probing(begun, made);
      platform.store().updateLink(attached);
      undo.commit();
      return attached;
    }
  }

  /**
   * TARGET_NOT_FOUND when the process ids of a link that was attached before belong to other
   * processes now.
   */
  static LinkRecord probing(LinkRecord link, Attachment made) {
    ProbedTarget before = link.probed();
    ProbedTarget now = made.probed();
    if (before != null && now != null && !before.isOfSameProcesses(now)) {
      throw FailureCode.TARGET_NOT_FOUND.because(
          "the process that link %s (%s) was made for has ended, and its id belongs to another"
              .formatted(link.id(), link.spec().attachPoint()),
          "detach the link, and attach with the id of a running process");
    }
    return link.probing(now);
  }

  /** The kernel cannot place anything beside a link that it let go of. */
  private List<LinkRecord> livingPeers(TcxPoint point, LinkRecord link) {
    return platform.store().linksAt(point.hook()).stream()
        .filter(peer -> peer.stage() == LinkRecord.Stage.ATTACHED && !peer.id().equals(link.id()))
        .filter(peer -> peer.hookPoint().filter(point::equals).isPresent())
        .filter(peer -> platform.kernel().observe(peer, platform.pins().link(peer.id())).runs())
        .toList();
  }

  /**
   * Attaches a recorded link again under its own id, after it was lost. Leaves the record as it is
   * when that fails. The caller holds the locks of its program and of {@link #pointsOf}.
   */
  LinkRecord reattach(LinkRecord link) {
    ProgramRecord program =
        platform
            .store()
            .program(link.program())
            .orElseThrow(() -> LoaderFailures.unknownProgram(link.program()));
    HookPoint point = identify(link.spec());
    requireSameNamespace(link, point);
    requireHeld(link, point);
    try (Undo undo = new Undo()) {
      setAside(link, undo);
      onHook(link, chain -> forget(link, chain.orElse(null)));
      LinkRecord attached =
          attachAt(point, program, link.idle(point == null ? null : point.hook()));
      undo.commit();
      platform.pins().remove(platform.pins().replacedLink(link.id()));
      return attached;
    }
  }

  /** A daemon's own namespace has no path: elsewhere the same name is another interface. */
  private static void requireSameNamespace(LinkRecord link, @Nullable HookPoint point) {
    boolean own =
        link.spec() instanceof AttachSpec.Network network && network.hook().netns() == null;
    long recorded = link.hook().map(HookId::netns).orElse(0L);
    if (own && point != null && recorded != 0 && recorded != point.hook().netns()) {
      throw FailureCode.NETNS_NOT_FOUND.because(
          "link %s was attached in network namespace %d and this process is in %d"
              .formatted(link.id(), recorded, point.hook().netns()),
          "run the command where the daemon runs, or detach the link and attach it with --netns");
    }
  }

  /** An interface that takes the name just now is another hook than the one that is locked. */
  private void requireHeld(LinkRecord link, @Nullable HookPoint point) {
    if (point != null && !locks.hook(point).isHeld()) {
      throw FailureCode.KERNEL_STATE_LOST.because(
          "%s became another interface just now".formatted(link.spec().attachPoint()), "try again");
    }
  }

  /** What is left of a lost link keeps its last name until the new one is there. */
  private void setAside(LinkRecord lost, Undo undo) {
    Path pin = platform.pins().link(lost.id());
    Path kept = platform.pins().replacedLink(lost.id());
    if (platform.pins().exists(pin)) {
      platform.pins().rename(pin, kept);
      undo.push(() -> platform.pins().rename(kept, pin));
    }
  }

  private LinkRecord forget(LinkRecord lost, @Nullable ChainKey chain) {
    if (chain != null) {
      chains.forgetLost(lost, chain);
    }
    return lost;
  }

  /**
   * When this returns the kernel no longer knows the link. Once begun it is finished, whether the
   * caller waits or not.
   */
  public void detach(LinkId id) {
    LinkRecord link = platform.store().link(id).orElseThrow(() -> LoaderFailures.unknownLink(id));
    leaving.add(id);
    try {
      LinkRecord left =
          Locks.with(
              locks.using(link.program()),
              () -> {
                Patience.requireCaller();
                return takeOff(link);
              });
      awaitGone(left);
      platform.store().removeLink(id);
      events.publish(new LoaderEvent.LinkDetached(left));
    } finally {
      leaving.remove(id);
    }
  }

  /** Whether a detach of it is under way: its row says so, too, but also when the detach failed. */
  boolean isLeaving(LinkId id) {
    return leaving.contains(id);
  }

  /**
   * Takes the links of a program that is being unloaded off first and waits afterwards, so that the
   * kernel's grace periods overlap. Their rows go with the program's.
   */
  void takeOffAllOf(ProgramId program) {
    List<LinkRecord> left = platform.store().linksOf(program).stream().map(this::takeOff).toList();
    left.forEach(this::awaitGone);
    left.forEach(link -> events.publish(new LoaderEvent.LinkDetached(link)));
  }

  /** Undoes or finishes what a killed daemon left half done. */
  void finishDetach(LinkRecord link) {
    awaitGone(takeOff(link));
    platform.store().removeLink(link.id());
  }

  /** Answers the link as it was when it was taken off: a chain that is made anew changes it. */
  private LinkRecord takeOff(LinkRecord link) {
    return onHook(
        link,
        chain -> {
          LinkRecord leaving = markLeaving(link);
          if (chain.isPresent()) {
            chains.takeOff(leaving, chain.get());
          } else {
            platform.kernel().detach(leaving, platform.pins().link(leaving.id()));
          }
          return leaving;
        });
  }

  private LinkRecord markLeaving(LinkRecord link) {
    LinkRecord now = platform.store().link(link.id()).orElse(link);
    if (now.stage() == LinkRecord.Stage.DETACHING) {
      return now;
    }
    LinkRecord leaving = now.detaching();
    platform.store().updateLink(leaving);
    return leaving;
  }

  void awaitGone(LinkRecord link) {
    if (!platform.kernel().awaitLinkGone(link.kernelLinkId(), GONE_LIMIT)) {
      throw FailureCode.INTERNAL.because(
          "link %s was taken off but the kernel still holds its link %d after %d s"
              .formatted(link.id(), link.kernelLinkId(), GONE_LIMIT.toSeconds()),
          "somebody else keeps a descriptor of it open; detach again to finish");
    }
  }

  /** Works under the hook's lock; told which hook it is when that may have a chain. */
  private <T> T onHook(LinkRecord link, Function<Optional<ChainKey>, T> work) {
    Optional<HookPoint> point = pointOf(link);
    if (point.isEmpty()) {
      return work.apply(Optional.empty());
    }
    Optional<ChainKey> chain =
        point.get() instanceof ChainKey key ? Optional.of(key) : Optional.empty();
    return Locks.with(locks.hook(point.get()), () -> work.apply(chain));
  }

  /** Where a link is, and where its name leads now; without what cannot be found. */
  Set<HookPoint> pointsOf(LinkRecord link) {
    Set<HookPoint> points = new HashSet<>();
    link.hookPoint().ifPresent(points::add);
    pointOf(link.unplaced()).ifPresent(points::add);
    return points;
  }

  /**
   * Empty for links that are on no network hook. A link that died while it was being attached has
   * no placement; when its interface is gone too, nothing can be on it.
   */
  Optional<HookPoint> pointOf(LinkRecord link) {
    if (link.placement() != null) {
      return link.hookPoint();
    }
    try {
      return Optional.ofNullable(identify(link.spec()));
    } catch (BpfmanException e) {
      return Optional.empty();
    }
  }
}
