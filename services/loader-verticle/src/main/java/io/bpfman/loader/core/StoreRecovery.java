package io.bpfman.loader.core;

import io.bpfman.loader.port.ProgramStore;
import io.bpfman.model.Bytecode;
import io.bpfman.model.ChainKey;
import io.bpfman.model.KernelProgram;
import io.bpfman.model.LinkId;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Fills a new store with what the pins and the kernel tell, after the old store was lost. Programs
 * come back under their ids with the kernel's facts; where they came from, their metadata and the
 * details of their links are lost. Links stay pinned and run on, and go when their program is
 * unloaded.
 */
public final class StoreRecovery {
  /** Metadata key of programs that came back this way; its value is the damaged store. */
  static final String MARK = "bpfman.io/recovered-from";

  private static final String UNKNOWN = "unknown";

  /** Ids that are passed over: TC filters have link ids but leave no pin to tell them. */
  private static final long UNSEEN_LINK_IDS = 1000;

  private final Platform platform;
  private final InstantSource clock;

  StoreRecovery(Platform platform, InstantSource clock) {
    this.platform = platform;
    this.clock = clock;
  }

  static boolean isRecovered(ProgramRecord record) {
    return record.metadata().containsKey(MARK);
  }

  /** Whether programs are recorded whose links and chains nobody knows. */
  static boolean isUnderWay(ProgramStore store) {
    return store.programs(Map.of()).stream().anyMatch(StoreRecovery::isRecovered);
  }

  /** One sentence for each thing that was found. To be run before the repair. */
  public List<String> run(Path damaged) {
    List<String> found = new ArrayList<>();
    found.add(
        "THE STORE WAS DAMAGED and is kept as %s; a new one was made from the pins"
            .formatted(damaged));
    List<ProgramRecord> records =
        platform.pins().programPins().stream()
            .flatMap(id -> platform.kernel().program(id).stream())
            .map(kernel -> record(kernel, damaged))
            .toList();
    platform.store().addPrograms(records, List.of());
    records.forEach(record -> found.add(describe(record)));
    List<LinkId> links = platform.pins().linkPins();
    links.forEach(link -> found.add(describe(link)));
    platform.pins().dispatchers().forEach(key -> found.add(describe(key)));
    platform.store().skipLinkIds(new LinkId(lastOf(links) + UNSEEN_LINK_IDS));
    return found;
  }

  private static long lastOf(List<LinkId> links) {
    return links.isEmpty() ? 0 : links.getLast().value();
  }

  private ProgramRecord record(KernelProgram kernel, Path damaged) {
    Instant now = clock.instant();
    return new ProgramRecord(
        kernel.id(),
        spec(kernel),
        new Bytecode.File(UNKNOWN),
        Map.of(),
        Map.of(MARK, damaged.toString()),
        kernel.tag(),
        kernel.id(),
        null,
        now);
  }

  private static ProgramSpec spec(KernelProgram kernel) {
    ProgramType type = type(kernel);
    return new ProgramSpec(kernel.name(), type, type.needsLoadTarget() ? UNKNOWN : null);
  }

  /** The kernel has one number for several of our types: then the one that most use. */
  private static ProgramType type(KernelProgram kernel) {
    return Stream.concat(Stream.of(ProgramType.TCX), Stream.of(ProgramType.values()))
        .filter(type -> type.kernelNumber() == kernel.type())
        .findFirst()
        .orElse(ProgramType.TRACEPOINT);
  }

  private static String describe(ProgramRecord record) {
    return "program %s (\"%s\") was found pinned and is listed again, without its origin and metadata"
        .formatted(record.id(), record.spec().name());
  }

  private static String describe(ChainKey key) {
    return "the chain on %s runs on, and goes when all recovered programs are unloaded"
        .formatted(key);
  }

  private String describe(LinkId link) {
    Optional<ProgramId> program = platform.kernel().programOfLink(platform.pins().link(link));
    return "link %s of program %s stays attached but its details are lost; unload the program to take it off"
        .formatted(link, program.map(ProgramId::toString).orElse("unknown"));
  }
}
