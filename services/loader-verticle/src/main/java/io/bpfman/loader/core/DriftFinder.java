package io.bpfman.loader.core;

import io.bpfman.loader.port.PinTree;
import io.bpfman.loader.port.ProgramStore;
import io.bpfman.model.LinkHealth;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares store, pins and kernel. Takes no lock, so what it finds beside operations under way is a
 * suspicion, until {@link #persists} confirms it under the locks of {@link DriftLocks}.
 */
final class DriftFinder {
  private final Platform platform;
  private final LinkOperations links;
  private final Inventory inventory;
  private final ChainRepair chains;
  private final ReplaceRepair replacements;

  DriftFinder(Platform platform, LinkOperations links, Inventory inventory, ChainRepair chains) {
    this.platform = platform;
    this.links = links;
    this.inventory = inventory;
    this.chains = chains;
    this.replacements = new ReplaceRepair(platform, links);
  }

  ReplaceRepair replacements() {
    return replacements;
  }

  ChainRepair chains() {
    return chains;
  }

  /** In the order of repair: a stage is looked at when those before it were repaired. */
  List<Supplier<List<Drift>>> stages() {
    return List.of(
        this::halfReplaced,
        this::doubledLinks,
        this::halfChains,
        this::halfUnloads,
        this::halfLinks,
        this::strayPrograms,
        this::lostLinks,
        this::orphanPrograms,
        this::orphanCopies,
        this::orphanLinksAndMaps);
  }

  /** First of all: what links run is what they are compared with. */
  private List<Drift> halfReplaced() {
    return replacements.unfinished().stream().<Drift>map(Drift.HalfReplaced::new).toList();
  }

  private List<Drift> doubledLinks() {
    return replacements.doubled().stream().<Drift>map(Drift.DoubledLink::new).toList();
  }

  /** Before links are compared: they sit where the chain says. */
  private List<Drift> halfChains() {
    return chains.hooks().stream().filter(chains::isHalf).<Drift>map(Drift.HalfChain::new).toList();
  }

  private List<Drift> halfUnloads() {
    return store().unloading().stream().<Drift>map(Drift.HalfUnloaded::new).toList();
  }

  private List<Drift> halfLinks() {
    Set<ProgramId> unloading = new HashSet<>(store().unloading());
    return store().links().stream()
        .filter(link -> link.stage() != LinkRecord.Stage.ATTACHED)
        .filter(link -> !unloading.contains(link.program()))
        .<Drift>map(Drift.HalfLink::new)
        .toList();
  }

  private List<Drift> strayPrograms() {
    return store().programs(Map.of()).stream().flatMap(record -> stray(record).stream()).toList();
  }

  private Optional<Drift> stray(ProgramRecord record) {
    if (inventory.alive(record).isEmpty()) {
      return Optional.of(new Drift.LostProgram(record));
    }
    return pins().exists(pins().program(record.id()))
        ? Optional.empty()
        : Optional.of(new Drift.UnpinnedProgram(record));
  }

  private List<Drift> lostLinks() {
    return store().links().stream().flatMap(link -> lost(link).stream()).toList();
  }

  /** Links of a lost program go with it. */
  private Optional<Drift> lost(LinkRecord link) {
    return strayed(link)
        .filter(_ -> store().program(link.program()).flatMap(inventory::alive).isPresent());
  }

  private Optional<Drift> strayed(LinkRecord link) {
    if (link.stage() != LinkRecord.Stage.ATTACHED) {
      return Optional.empty();
    }
    return switch (inventory.health(link)) {
      case LinkHealth.Attached _ -> Optional.empty();
      case LinkHealth.PinMissing(String reason) -> Optional.of(new Drift.LostLink(link, reason));
      case LinkHealth.Detached(String reason) -> Optional.of(new Drift.LostLink(link, reason));
      case LinkHealth.Outdated(String reason, _) ->
          Optional.<Drift>of(new Drift.OutdatedLink(link, reason)).filter(_ -> renewable(link));
    };
  }

  /**
   * A probe's target is a name of a file, and only the file there now is meant. Of a hook nobody
   * here can tell whether the interface or its name was meant; who wants it attached can.
   */
  private static boolean renewable(LinkRecord link) {
    return link.hookPoint().isEmpty();
  }

  private List<Drift> orphanPrograms() {
    Set<ProgramId> known =
        store().programs(Map.of()).stream().map(ProgramRecord::id).collect(Collectors.toSet());
    return pins().programPins().stream()
        .filter(id -> !known.contains(id))
        .<Drift>map(id -> new Drift.OrphanProgramPin(id, pins().program(id)))
        .toList();
  }

  private List<Drift> orphanCopies() {
    return platform.copies().programs().stream()
        .filter(id -> store().program(id).isEmpty())
        .<Drift>map(Drift.OrphanCopy::new)
        .toList();
  }

  private List<Drift> orphanLinksAndMaps() {
    List<ProgramRecord> records = store().programs(Map.of());
    List<ProgramId> recovered =
        records.stream().filter(StoreRecovery::isRecovered).map(ProgramRecord::id).toList();
    if (!recovered.isEmpty()) {
      return List.of(new Drift.KeptPins(recovered));
    }
    Set<ProgramId> mapSets =
        records.stream().map(ProgramRecord::mapSet).collect(Collectors.toSet());
    Stream<Drift> orphanLinks =
        pins().linkPins().stream()
            .filter(id -> store().link(id).isEmpty())
            .map(id -> new Drift.OrphanLinkPin(id, pins().link(id)));
    Stream<Drift> orphanMaps =
        pins().mapDirectories().stream()
            .filter(id -> !mapSets.contains(id))
            .map(id -> new Drift.OrphanMaps(id, pins().maps(id)));
    Stream<Drift> unused = platform.unusedSharedMaps().stream().map(Drift.UnusedSharedMap::new);
    return Stream.of(orphanLinks, orphanMaps, unused).flatMap(found -> found).toList();
  }

  /** Looks at this one thing again; certain under the locks that {@link DriftLocks} names. */
  boolean persists(Drift drift) {
    return switch (drift) {
      case Drift.HalfChain half -> chains.isHalf(half.key());
      case Drift.HalfReplaced half -> replacements.unfinished().contains(half.program());
      case Drift.DoubledLink doubled -> replacements.doubled().contains(doubled.link());
      case Drift.HalfUnloaded half -> store().unloading().contains(half.program());
      case Drift.HalfLink half -> isAbandoned(half.link());
      case Drift.LostProgram lost -> isStill(lost.program(), drift);
      case Drift.UnpinnedProgram unpinned -> isStill(unpinned.program(), drift);
      case Drift.LostLink lost -> isStill(lost.link(), Drift.LostLink.class);
      case Drift.OutdatedLink one -> isStill(one.link(), Drift.OutdatedLink.class);
      case Drift.OrphanProgramPin orphan ->
          pins().exists(orphan.pin()) && store().program(orphan.program()).isEmpty();
      case Drift.OrphanLinkPin orphan ->
          pins().exists(orphan.pin()) && store().link(orphan.link()).isEmpty();
      case Drift.OrphanMaps orphan ->
          pins().exists(orphan.directory()) && store().mapSetUsers(orphan.mapSet()).isEmpty();
      case Drift.UnusedSharedMap orphan ->
          !links.loads().any() && platform.unusedSharedMaps().contains(orphan.pin());
      case Drift.OrphanCopy orphan ->
          platform.copies().programs().contains(orphan.program())
              && store().program(orphan.program()).isEmpty();
      case Drift.KeptPins _ -> true;
    };
  }

  private boolean isAbandoned(LinkRecord link) {
    return !links.isLeaving(link.id())
        && store().link(link.id()).filter(now -> now.stage() == link.stage()).isPresent();
  }

  private boolean isStill(LinkRecord link, Class<? extends Drift> kind) {
    return store().link(link.id()).flatMap(this::lost).filter(kind::isInstance).isPresent();
  }

  private boolean isStill(ProgramRecord record, Drift drift) {
    return store().program(record.id()).flatMap(this::stray).equals(Optional.of(drift));
  }

  private ProgramStore store() {
    return platform.store();
  }

  private PinTree pins() {
    return platform.pins();
  }
}
