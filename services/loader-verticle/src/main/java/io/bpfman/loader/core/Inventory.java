package io.bpfman.loader.core;

import io.bpfman.model.ChainKey;
import io.bpfman.model.DispatcherRecord;
import io.bpfman.model.HookPoint;
import io.bpfman.model.KernelLink;
import io.bpfman.model.KernelProgram;
import io.bpfman.model.LinkHealth;
import io.bpfman.model.LinkId;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads records and kernel side by side. Takes no lock and changes nothing. Blocking; any platform
 * thread.
 */
public final class Inventory {
  private final Platform platform;
  private final LinkHealths healths;

  Inventory(Platform platform, LinkHealths healths) {
    this.platform = platform;
    this.healths = healths;
  }

  /** PROGRAM_NOT_FOUND without a record, KERNEL_STATE_LOST when the kernel no longer has it. */
  public ProgramView program(ProgramId id) {
    ProgramRecord record =
        platform.store().program(id).orElseThrow(() -> LoaderFailures.unknownProgram(id));
    KernelProgram kernel = alive(record).orElseThrow(() -> LoaderFailures.lost(record));
    List<LinkId> links =
        platform.store().linksOf(id).stream()
            .filter(Inventory::answered)
            .map(LinkRecord::id)
            .toList();
    return new ProgramView(
        record, kernel, links, maps(record), platform.store().mapSetUsers(record.mapSet()));
  }

  /** Living programs of ours whose metadata holds every pair, by ascending id. */
  public List<ProgramView> programs(Map<String, String> metadata) {
    return programs(metadata, this::alive);
  }

  /** The same for one who has already read all programs of the kernel. */
  public List<ProgramView> programs(Map<String, String> metadata, List<KernelProgram> living) {
    Map<ProgramId, KernelProgram> byId =
        living.stream().collect(Collectors.toMap(KernelProgram::id, Function.identity()));
    return programs(
        metadata,
        record ->
            Optional.ofNullable(byId.get(record.id()))
                .filter(kernel -> kernel.tag().equals(record.kernelTag())));
  }

  private List<ProgramView> programs(
      Map<String, String> metadata, Function<ProgramRecord, Optional<KernelProgram>> kernels) {
    List<ProgramRecord> records = platform.store().programs(metadata);
    Map<ProgramId, List<LinkId>> links =
        platform.store().links().stream()
            .filter(Inventory::answered)
            .collect(
                Collectors.groupingBy(
                    LinkRecord::program, Collectors.mapping(LinkRecord::id, Collectors.toList())));
    Map<ProgramId, List<ProgramId>> users = mapUsers(metadata.isEmpty() ? records : everything());
    return records.stream()
        .flatMap(
            record ->
                kernels.apply(record).map(kernel -> view(record, kernel, links, users)).stream())
        .toList();
  }

  private List<ProgramRecord> everything() {
    return platform.store().programs(Map.of());
  }

  private static Map<ProgramId, List<ProgramId>> mapUsers(List<ProgramRecord> records) {
    return records.stream()
        .collect(
            Collectors.groupingBy(
                ProgramRecord::mapSet, Collectors.mapping(ProgramRecord::id, Collectors.toList())));
  }

  private ProgramView view(
      ProgramRecord record,
      KernelProgram kernel,
      Map<ProgramId, List<LinkId>> links,
      Map<ProgramId, List<ProgramId>> users) {
    return new ProgramView(
        record,
        kernel,
        links.getOrDefault(record.id(), List.of()),
        maps(record),
        users.getOrDefault(record.mapSet(), List.of()));
  }

  /** Every living program of the host, ours or not, by ascending id. */
  public List<KernelProgram> kernelPrograms() {
    return platform.kernel().programs();
  }

  /**
   * Links with their health, by ascending id.
   *
   * @param program only of this one; null: of all
   * @param metadata every pair must be in the link's metadata
   */
  public List<LinkView> links(@Nullable ProgramId program, Map<String, String> metadata) {
    List<LinkRecord> records =
        program == null ? platform.store().links() : platform.store().linksOf(program);
    List<LinkRecord> found =
        records.stream()
            .filter(Inventory::answered)
            .filter(link -> link.metadata().entrySet().containsAll(metadata.entrySet()))
            .toList();
    return views(found);
  }

  /** Empty without a record. */
  public Optional<LinkView> link(LinkId id) {
    return views(platform.store().link(id).filter(Inventory::answered).stream().toList()).stream()
        .findFirst();
  }

  /** All that the kernel says of a link; empty when it has no pin. */
  public Optional<KernelLink> kernelLink(LinkView link) {
    return platform.kernel().link(link.pin());
  }

  private List<LinkView> views(List<LinkRecord> links) {
    Map<LinkId, Integer> places = places(links);
    return links.stream().map(link -> view(link, places.getOrDefault(link.id(), 0))).toList();
  }

  /** Peers of other programs count, too. */
  private Map<LinkId, Integer> places(List<LinkRecord> links) {
    Set<HookPoint> points = HookOrder.pointsOf(links);
    List<LinkRecord> peers =
        points.stream()
            .map(HookPoint::hook)
            .distinct()
            .flatMap(hook -> platform.store().linksAt(hook).stream())
            .toList();
    return HookOrder.places(points, peers);
  }

  private LinkView view(LinkRecord link, int position) {
    return new LinkView(
        link,
        healths.of(link),
        platform.pins().link(link.id()),
        position,
        platform.store().program(link.program()).map(ProgramRecord::spec).orElse(null),
        dispatcher(link).orElse(null));
  }

  private Optional<DispatcherRecord> dispatcher(LinkRecord link) {
    return link.inChain() && link.hookPoint().orElse(null) instanceof ChainKey key
        ? platform.store().dispatcher(key)
        : Optional.empty();
  }

  LinkHealth health(LinkRecord link) {
    return healths.of(link);
  }

  private static boolean answered(LinkRecord link) {
    return link.stage() != LinkRecord.Stage.ATTACHING;
  }

  /** The tag tells a program that took over the id after ours had died. */
  Optional<KernelProgram> alive(ProgramRecord record) {
    return platform
        .kernel()
        .program(record.id())
        .filter(kernel -> kernel.tag().equals(record.kernelTag()));
  }

  private Path maps(ProgramRecord record) {
    return platform.pins().maps(record.mapSet());
  }
}
