package io.bpfman.loader.core;

import io.bpfman.loader.port.NetworkHooks;
import io.bpfman.loader.port.NetworkHooks.DispatcherPlan;
import io.bpfman.loader.port.NetworkHooks.Occupant;
import io.bpfman.loader.port.NetworkHooks.Place;
import io.bpfman.loader.port.NetworkHooks.Seated;
import io.bpfman.loader.port.NetworkHooks.Slot;
import io.bpfman.loader.port.NetworkHooks.SlotOrder;
import io.bpfman.loader.port.ObjectReader;
import io.bpfman.loader.port.PinTree;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.ChainKey;
import io.bpfman.model.ChainType;
import io.bpfman.model.DispatcherRecord;
import io.bpfman.model.FailureCode;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.NetworkHook;
import io.bpfman.model.Placement;
import io.bpfman.model.ProgramRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes dispatchers and does away with them, in three steps: all new parts are made and pinned
 * beside the old ones; one atomic swap in the kernel; one transaction in the store. Until that
 * transaction everything can be taken back, after it {@link #settle} finishes, at the next start if
 * need be.
 */
final class ChainBuilder {
  private static final String DISPATCHER = "dispatcher";
  private static final String SLOT_LINK = "link_";

  private final Platform platform;
  private final LinkHealths healths;
  private final ObjectReader objects;

  ChainBuilder(Platform platform, LinkHealths healths, ObjectReader objects) {
    this.platform = platform;
    this.healths = healths;
    this.objects = objects;
  }

  /** Pin of a dispatcher's program. */
  static Path program(PinTree pins, DispatcherRecord dispatcher) {
    return pins.dispatcher(dispatcher.key(), dispatcher.revision()).resolve(DISPATCHER);
  }

  /** A link that is to be in a chain, with its program. */
  record Member(LinkRecord link, ProgramRecord program) {}

  /** A dispatcher that a hook runs and that is not recorded yet. */
  record Made(DispatcherRecord dispatcher, List<LinkRecord> members) {}

  /**
   * Lets the hook run {@code wanted} in this order; those that run there already go on without a
   * gap. Answers them as recorded now.
   */
  List<LinkRecord> build(ChainKey key, NetworkHook where, List<LinkRecord> wanted) {
    try (Undo undo = new Undo()) {
      List<Member> members = wanted.stream().map(link -> new Member(link, record(link))).toList();
      Made made = swapIn(key, where, members, undo);
      platform.store().putDispatcher(made.dispatcher(), made.members());
      undo.commit();
      settle(made.dispatcher(), made.members());
      return made.members();
    }
  }

  /** The same, but recording and settling are left to the caller. */
  Made swapIn(ChainKey key, NetworkHook where, List<Member> wanted, Undo undo) {
    Optional<DispatcherRecord> old = platform.store().dispatcher(key);
    int revision = old.map(DispatcherRecord::revision).orElse(0) + 1;
    Path directory = platform.pins().dispatcher(key, revision);
    platform.pins().removeDirectory(directory);
    undo.push(() -> platform.pins().removeDirectory(directory));
    platform.pins().createDirectories(directory);
    Path pin = directory.resolve(DISPATCHER);
    long program = hooks().loadDispatcher(plan(key.type(), wanted), pin);
    List<LinkRecord> seated = seatAll(key, pin, wanted);
    Place place = new Place(key, where, platform.pins().dispatcherLink(key));
    long link = swapIn(place, pin, current(old.orElse(null), wanted), undo);
    return new Made(new DispatcherRecord(key, where, revision, program, link), seated);
  }

  private NetworkHooks hooks() {
    return platform.kernel().hooks();
  }

  private DispatcherPlan plan(ChainType type, List<Member> members) {
    boolean frags = type == ChainType.XDP && members.stream().allMatch(this::takesFragments);
    return new DispatcherPlan(
        type,
        members.stream().map(member -> ChainLayout.proceedMask(member.link().spec())).toList(),
        frags);
  }

  private boolean takesFragments(Member member) {
    return Sections.takesFragments(section(member.program()));
  }

  /**
   * ATTACH_KIND_MISMATCH for programs that run for the entries of a map, which no dispatcher is.
   */
  void requireForInterface(ProgramRecord program) {
    Optional<String> map = Sections.entryMapOf(section(program));
    if (map.isPresent()) {
      throw FailureCode.ATTACH_KIND_MISMATCH.because(
          "program %s (\"%s\") is for the entries of a %s: the kernel runs it on packets that are redirected into such a map, and on no interface"
              .formatted(program.id(), program.spec().name(), map.get()),
          "put its pin %s into an entry (bpf_prog.fd of struct bpf_%s_val), or use SEC(\"xdp\") for interfaces"
              .formatted(platform.pins().program(program.id()), map.get()));
    }
  }

  /** Of the kept copy. */
  private String section(ProgramRecord program) {
    return objects
        .read(platform.copies().of(program.id()))
        .functions()
        .getOrDefault(program.spec().name(), "");
  }

  private ProgramRecord record(LinkRecord link) {
    return platform
        .store()
        .program(link.program())
        .orElseThrow(() -> LoaderFailures.unknownProgram(link.program()));
  }

  private List<LinkRecord> seatAll(ChainKey key, Path dispatcherPin, List<Member> members) {
    List<LinkRecord> seated = new ArrayList<>();
    for (Member member : members) {
      seated.add(seat(key, new Slot(dispatcherPin, seated.size()), member));
    }
    return seated;
  }

  private LinkRecord seat(ChainKey key, Slot slot, Member member) {
    ProgramRecord program = member.program();
    LinkRecord link = member.link();
    long copy = link.inChain() ? link.runningProgram() : 0;
    Seated made =
        hooks()
            .seat(
                new SlotOrder(
                    program,
                    platform.copies().of(program.id()),
                    platform.pins().program(program.id()),
                    copy,
                    slot,
                    slot.dispatcherPin().resolveSibling(SLOT_LINK + slot.number())));
    return link.attached(
        made.kernelLinkId(), new Placement(key.hook(), slot.number(), made.copy()));
  }

  /**
   * What holds the hook now, and the pin of what it runs.
   *
   * @param link pin of the XDP link when the program is attached directly; null behind a dispatcher
   */
  private record Current(@Nullable Path link, Path program) {}

  private Current current(@Nullable DispatcherRecord old, List<Member> wanted) {
    if (old != null) {
      return new Current(null, program(platform.pins(), old));
    }
    LinkRecord direct =
        wanted.stream()
            .map(Member::link)
            .filter(LinkRecord::isDirect)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("a chain starts from a direct program"));
    return new Current(
        platform.pins().link(direct.id()), platform.pins().program(direct.program()));
  }

  /** Answers the kernel link id of what holds the hook. */
  private long swapIn(Place place, Path newProgram, Current current, Undo undo) {
    Path direct = current.link();
    if (place.key().type() == ChainType.XDP && direct != null) {
      platform.pins().alias(direct, place.linkPin());
      undo.push(() -> platform.pins().remove(place.linkPin()));
    }
    Occupant occupant = hooks().occupant(place).orElseThrow(() -> lost(place));
    hooks().swap(place, newProgram);
    undo.push(() -> hooks().swap(place, current.program()));
    return occupant.kernelLinkId();
  }

  private static BpfmanException lost(Place place) {
    return FailureCode.KERNEL_STATE_LOST.because(
        "%s no longer runs what this daemon put there".formatted(place.key()),
        "detach its programs and attach them again");
  }

  /** Lets the hook run its last program directly again. */
  LinkRecord collapse(DispatcherRecord dispatcher, LinkRecord last) {
    Place place = healths.place(dispatcher);
    try (Undo undo = new Undo()) {
      hooks().swap(place, platform.pins().program(last.program()));
      undo.push(() -> hooks().swap(place, program(platform.pins(), dispatcher)));
      LinkRecord direct =
          last.attached(
              dispatcher.kernelLinkId(),
              new Placement(dispatcher.key().hook(), Placement.DIRECT, last.program().value()));
      platform.store().removeDispatcher(dispatcher.key(), List.of(direct));
      undo.commit();
      settleDirect(dispatcher.key(), direct);
      return direct;
    }
  }

  /** Gives the members' new pins their lasting names and removes older dispatchers. Idempotent. */
  void settle(DispatcherRecord dispatcher, List<LinkRecord> members) {
    for (LinkRecord member : members) {
      Path made = slotLink(dispatcher, member);
      if (platform.pins().exists(made)) {
        platform.pins().rename(made, platform.pins().link(member.id()));
      }
    }
    removeDirectories(dispatcher.key(), dispatcher.revision());
  }

  /** Whether {@link #settle} has not given all members their pins. */
  boolean isUnsettled(DispatcherRecord dispatcher, List<LinkRecord> members) {
    return members.stream().anyMatch(link -> platform.pins().exists(slotLink(dispatcher, link)));
  }

  /** Pin of a member's link until it is settled. */
  private Path slotLink(DispatcherRecord dispatcher, LinkRecord member) {
    return platform
        .pins()
        .dispatcher(dispatcher.key(), dispatcher.revision())
        .resolve(SLOT_LINK + member.slot());
  }

  /** Gives the XDP link back to the program that it holds directly. Idempotent. */
  void settleDirect(ChainKey key, LinkRecord direct) {
    Path link = platform.pins().link(direct.id());
    Path holder = platform.pins().dispatcherLink(key);
    if (key.type() != ChainType.XDP) {
      platform.pins().remove(link);
    } else if (platform.pins().exists(holder)) {
      platform.pins().rename(holder, link);
    }
    removeDirectories(key, 0);
  }

  /** All revisions but one; 0: all. */
  void removeDirectories(ChainKey key, int kept) {
    platform.pins().dispatcherRevisions(key).stream()
        .filter(revision -> revision != kept)
        .forEach(
            revision -> platform.pins().removeDirectory(platform.pins().dispatcher(key, revision)));
  }
}
