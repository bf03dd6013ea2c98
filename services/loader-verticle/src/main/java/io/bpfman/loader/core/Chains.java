package io.bpfman.loader.core;

import io.bpfman.loader.port.AttachOrder;
import io.bpfman.loader.port.Attachment;
import io.bpfman.loader.port.NetworkHooks.DispatcherPlan;
import io.bpfman.loader.port.NetworkHooks.Place;
import io.bpfman.loader.port.TcxPosition;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.ChainKey;
import io.bpfman.model.ChainType;
import io.bpfman.model.DispatcherRecord;
import io.bpfman.model.FailureCode;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.NetworkHook;
import io.bpfman.model.Placement;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who runs on an XDP or TC hook: one program directly, several through a dispatcher. What a hook
 * runs changes from one packet to the next and is never nothing while there is a member. Callers
 * hold the hook's lock. Blocking.
 */
final class Chains {
  /** How the functions of all our dispatchers of filters begin. */
  private static final String DISPATCHER_NAME = "tc_dispatcher";

  private final Platform platform;
  private final LinkHealths healths;
  private final ChainBuilder builder;

  Chains(Platform platform, LinkHealths healths, ChainBuilder builder) {
    this.platform = platform;
    this.healths = healths;
    this.builder = builder;
  }

  Platform platform() {
    return platform;
  }

  LinkHealths healths() {
    return healths;
  }

  ChainBuilder builder() {
    return builder;
  }

  /**
   * Puts a program on its hook and records it. On failure the hook runs what it ran before.
   *
   * @param begun recorded, and not attached anywhere
   */
  LinkRecord attach(ProgramRecord program, LinkRecord begun, ChainKey key) {
    Patience.requireCaller();
    Map<Boolean, List<LinkRecord>> others =
        members(key)
            .filter(link -> !link.id().equals(begun.id()))
            .collect(Collectors.partitioningBy(healths::runs));
    List<LinkRecord> living = others.getOrDefault(true, List.of());
    others.getOrDefault(false, List.of()).forEach(this::disown);
    if (living.isEmpty()) {
      dissolve(key);
      return aloneOrExplained(program, begun, key);
    }
    requireRoom(begun, living);
    if (key.type() == ChainType.XDP) {
      builder.requireForInterface(program);
    }
    List<LinkRecord> wanted =
        ChainLayout.ordered(Stream.concat(living.stream(), Stream.of(begun)).toList());
    return builder.build(key, hook(begun), wanted).stream()
        .filter(link -> link.id().equals(begun.id()))
        .findFirst()
        .orElseThrow();
  }

  /**
   * A link that somebody else took off has no claim to what is put there now: a filter of the same
   * program, or a slot of the same number, would pass for its own.
   */
  private void disown(LinkRecord dead) {
    if (dead.kernelLinkId() != 0 || dead.inChain() || dead.isDirect()) {
      platform.store().updateLink(dead.idle(dead.hook().orElse(null)));
    }
  }

  private static void requireRoom(LinkRecord added, List<LinkRecord> living) {
    if (living.size() >= DispatcherPlan.MAX_MEMBERS) {
      throw FailureCode.HOOK_BUSY.because(
          "%s already has %d programs, the most that one chain takes"
              .formatted(added.spec().attachPoint(), living.size()),
          "detach one first, or use TCX");
    }
  }

  /** The kernel says EINVAL for many reasons; the object is read only after it did. */
  private LinkRecord aloneOrExplained(ProgramRecord program, LinkRecord begun, ChainKey key) {
    try {
      return alone(program, begun, key);
    } catch (BpfmanException e) {
      if (e.failure().code() == FailureCode.KERNEL_REFUSED && key.type() == ChainType.XDP) {
        builder.requireForInterface(program);
      }
      throw e;
    }
  }

  private LinkRecord alone(ProgramRecord program, LinkRecord begun, ChainKey key) {
    AttachOrder order = platform.order(program, begun, new TcxPosition.Last());
    try (Undo undo = new Undo()) {
      Attachment made = platform.kernel().attach(order);
      LinkRecord direct =
          begun.attached(made.kernelLink(), direct(key, program)).noting(made.notes());
      undo.push(() -> platform.kernel().detach(direct, platform.pins().link(begun.id())));
      platform.store().updateLink(direct);
      LinkRecord attached =
          ChainLayout.isDirect(List.of(direct)) ? direct : withDispatcher(direct, key);
      undo.commit();
      return attached;
    }
  }

  /**
   * Where the kernel knows no dispatchers a lone program stays attached directly, whose verdicts
   * then stand.
   */
  private LinkRecord withDispatcher(LinkRecord direct, ChainKey key) {
    try {
      return builder.build(key, hook(direct), List.of(direct)).getFirst();
    } catch (BpfmanException e) {
      if (e.failure().code() == FailureCode.KERNEL_UNSUPPORTED) {
        return direct;
      }
      throw e;
    }
  }

  private static Placement direct(ChainKey key, ProgramRecord program) {
    return new Placement(key.hook(), Placement.DIRECT, program.id().value());
  }

  static NetworkHook hook(LinkRecord link) {
    if (link.spec() instanceof AttachSpec.Network network) {
      return network.hook();
    }
    throw new IllegalArgumentException("link " + link.id() + " is on no network hook");
  }

  /**
   * Takes a link off that is recorded as leaving. Idempotent. A slot that becomes empty lets every
   * packet through to the next one; the last member but one takes the dispatcher with it.
   */
  void takeOff(LinkRecord leaving, ChainKey key) {
    if (!leaving.inChain()) {
      takeOffDirect(leaving, key);
      return;
    }
    platform.pins().remove(platform.pins().link(leaving.id()));
    Optional<DispatcherRecord> dispatcher = platform.store().dispatcher(key);
    List<LinkRecord> left = members(key).toList();
    if (dispatcher.isPresent() && left.isEmpty()) {
      dissolve(key);
    } else if (dispatcher.isPresent() && ChainLayout.isDirect(left)) {
      builder.collapse(dispatcher.get(), left.getFirst());
    }
  }

  /** A filter has no pin to tell whose it is: that of a member stays. */
  private void takeOffDirect(LinkRecord leaving, ChainKey key) {
    boolean unclear = !leaving.isDirect() && key.type() != ChainType.XDP;
    if (!unclear || members(key).noneMatch(link -> link.inChain() || link.isDirect())) {
      platform.kernel().detach(leaving, platform.pins().link(leaving.id()));
    }
  }

  /** Forgets a dispatcher that runs nobody any more, with all that is pinned of it. */
  private void dissolve(ChainKey key) {
    platform
        .store()
        .dispatcher(key)
        .ifPresent(
            dispatcher -> {
              Place place = healths.place(dispatcher);
              platform.kernel().hooks().release(place);
              platform.store().removeDispatcher(key, List.of());
              builder.removeDirectories(key, 0);
            });
  }

  /**
   * Takes a dispatcher off that no record tells of, and that runs nobody. Its pins name the hook;
   * for a filter, which has none, the program tells that it is one of ours.
   */
  void dropUnrecorded(ChainKey key) {
    Path link = platform.pins().dispatcherLink(key);
    Place place = new Place(key, new NetworkHook(key.toString(), null), link);
    if (key.type() != ChainType.XDP && runsDispatcher(place)) {
      platform.kernel().hooks().release(place);
    }
    platform.pins().remove(link);
    builder.removeDirectories(key, 0);
  }

  private boolean runsDispatcher(Place place) {
    return platform
        .kernel()
        .hooks()
        .occupant(place)
        .filter(occupant -> occupant.program() != 0)
        .flatMap(occupant -> platform.kernel().program(new ProgramId(occupant.program())))
        .filter(program -> program.name().startsWith(DISPATCHER_NAME))
        .isPresent();
  }

  /** Removes a dispatcher that was lost with the last of its members. */
  void forgetLost(LinkRecord lost, ChainKey key) {
    boolean last = members(key).noneMatch(link -> !link.id().equals(lost.id()) && link.inChain());
    if (lost.inChain() && last) {
      dissolve(key);
    }
  }

  private Stream<LinkRecord> members(ChainKey key) {
    return platform.linksOn(key).filter(link -> link.stage() == LinkRecord.Stage.ATTACHED);
  }
}
