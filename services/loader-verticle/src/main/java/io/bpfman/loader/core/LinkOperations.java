package io.bpfman.loader.core;

import io.bpfman.loader.core.watch.EventHub;
import io.bpfman.loader.core.watch.LoaderEvent;
import io.bpfman.loader.port.AttachOrder;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.FailureCode;
import io.bpfman.model.LinkHealth;
import io.bpfman.model.LinkId;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Attaching and detaching. Blocking; any platform thread, several at once. */
public final class LinkOperations {
  /** Releasing a perf link waits for RCU grace periods: 70 ms alone, more under load. */
  private static final Duration GONE_LIMIT = Duration.ofSeconds(10);

  private final Platform platform;
  private final Locks locks;
  private final EventHub events;

  LinkOperations(Platform platform, Locks locks, EventHub events) {
    this.platform = platform;
    this.locks = locks;
    this.events = events;
  }

  EventHub events() {
    return events;
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
    LinkRecord begun = platform.store().beginAttach(program.id(), spec, metadata);
    try (Undo undo = new Undo()) {
      undo.push(() -> platform.store().removeLink(begun.id()));
      LinkRecord attached = onHook(spec, () -> attachInKernel(program, begun, undo));
      platform.store().updateLink(attached);
      undo.commit();
      return attached;
    }
  }

  private LinkRecord attachInKernel(ProgramRecord program, LinkRecord begun, Undo undo) {
    long kernelLink = platform.kernel().attach(order(program, begun));
    LinkRecord attached = begun.attached(kernelLink);
    undo.push(() -> platform.kernel().detach(attached, platform.pins().link(begun.id())));
    return attached;
  }

  private AttachOrder order(ProgramRecord program, LinkRecord link) {
    return new AttachOrder(
        link.id(),
        program,
        link.spec(),
        platform.pins().program(program.id()),
        platform.pins().link(link.id()),
        TcxOrder.positionOf(link, livingPeers(link)));
  }

  /**
   * A peer whose interface went away is still recorded, but the kernel cannot place anything beside
   * it.
   */
  private List<LinkRecord> livingPeers(LinkRecord link) {
    return link.spec() instanceof AttachSpec.Tcx tcx
        ? platform.store().linksOn(tcx.hook().interfaceName()).stream()
            .filter(peer -> TcxOrder.sharesHook(peer, link))
            .filter(peer -> isAttached(peer))
            .toList()
        : List.of();
  }

  private boolean isAttached(LinkRecord link) {
    return platform.kernel().observe(link, platform.pins().link(link.id()))
        instanceof LinkHealth.Attached;
  }

  /**
   * Attaches a recorded link again under its own id, after it was lost. Leaves the record as it is
   * when that fails.
   */
  LinkRecord reattach(LinkRecord link) {
    ProgramRecord program =
        platform
            .store()
            .program(link.program())
            .orElseThrow(() -> LoaderFailures.unknownProgram(link.program()));
    return onHook(
        link.spec(),
        () -> {
          platform.kernel().detach(link, platform.pins().link(link.id()));
          LinkRecord attached = link.attached(platform.kernel().attach(order(program, link)));
          platform.store().updateLink(attached);
          return attached;
        });
  }

  /** When this returns the kernel no longer knows the link. */
  public void detach(LinkId id) {
    LinkRecord link = platform.store().link(id).orElseThrow(() -> LoaderFailures.unknownLink(id));
    Locks.with(locks.using(link.program()), () -> takeOff(link));
    awaitGone(link);
    platform.store().removeLink(id);
    events.publish(new LoaderEvent.LinkDetached(link));
  }

  /**
   * Takes the links of a program that is being unloaded off first and waits afterwards, so that the
   * kernel's grace periods overlap. Their rows go with the program's.
   */
  void takeOffAllOf(ProgramId program) {
    List<LinkRecord> links = platform.store().linksOf(program);
    links.forEach(this::removeFromKernel);
    links.forEach(this::awaitGone);
    links.forEach(link -> events.publish(new LoaderEvent.LinkDetached(link)));
  }

  /** Takes links off that have no record, because the store that held them is lost. */
  void dropUnrecordedOf(ProgramId program) {
    platform.pins().linkPins().stream()
        .filter(id -> platform.store().link(id).isEmpty())
        .map(platform.pins()::link)
        .filter(pin -> platform.kernel().programOfLink(pin).equals(Optional.of(program)))
        .forEach(platform.pins()::remove);
  }

  /** Undoes or finishes what a killed daemon left half done. */
  void finishDetach(LinkRecord link) {
    takeOff(link);
    awaitGone(link);
    platform.store().removeLink(link.id());
  }

  private LinkRecord takeOff(LinkRecord link) {
    LinkRecord leaving =
        new LinkRecord(
            link.id(),
            link.program(),
            link.spec(),
            link.metadata(),
            link.kernelLinkId(),
            LinkRecord.Stage.DETACHING,
            link.createdAt());
    platform.store().updateLink(leaving);
    return removeFromKernel(leaving);
  }

  private LinkRecord removeFromKernel(LinkRecord link) {
    return onHook(
        link.spec(),
        () -> {
          platform.kernel().detach(link, platform.pins().link(link.id()));
          return link;
        });
  }

  private void awaitGone(LinkRecord link) {
    if (!platform.kernel().awaitLinkGone(link.kernelLinkId(), GONE_LIMIT)) {
      throw FailureCode.INTERNAL.because(
          "link %s was taken off but the kernel still holds its link %d after %d s"
              .formatted(link.id(), link.kernelLinkId(), GONE_LIMIT.toSeconds()),
          "somebody else keeps a descriptor of it open; detach again to finish");
    }
  }

  private <T> T onHook(AttachSpec spec, Supplier<T> work) {
    return spec instanceof AttachSpec.Network network
        ? Locks.with(locks.hook(network.hook()), work)
        : work.get();
  }
}
