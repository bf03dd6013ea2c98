package io.bpfman.loader.adapter.libbpf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.loader.adapter.elf.ElfObjectReader;
import io.bpfman.loader.port.LoadedObject;
import io.bpfman.loader.port.MapFacts;
import io.bpfman.loader.port.MapRef;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.bpfman.model.KernelProgram;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import io.bpfman.testkit.BpfCompiler;
import io.bpfman.testkit.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Objects as other loaders take them and libbpf 1 alone does not. */
@Tag("kernel")
class ForeignObjectIT extends WithKernelLab {
  private static final String HEAD =
      """
      #include <linux/bpf.h>
      #include <bpf/bpf_helpers.h>
      char _license[] SEC("license") = "GPL";
      """;

  @Test
  void aStaticProgramIsFoundAndLoads() throws IOException {
    Path object = lab.object("static_program.bpf.c", "static_program", "");
    assertEquals(
        Map.of("count_calls", "uprobe/work"), new ElfObjectReader().read(object).functions());
    try (LoadedObject loaded = load(object, program("count_calls", ProgramType.UPROBE))) {
      assertEquals("count_calls", loaded.programs().getFirst().name());
      assertEquals(Set.of("calls"), loaded.maps().keySet());
      byte[] kept = new byte[loaded.image().remaining()];
      loaded.image().get(kept);
      assertArrayEquals(Files.readAllBytes(object), kept);
    }
  }

  @Test
  void staticProgramsBesideGlobalOnesAndStaticSubprogramsLoadTogether() {
    Path object =
        compile(
            "mixed",
            """
            static __attribute__((noinline)) int twice(int by) { return by * bpf_get_smp_processor_id(); }
            static __attribute__((used)) SEC("xdp") int first(struct xdp_md *c) { return twice(c->rx_queue_index) ? 2 : 1; }
            SEC("xdp") int second(struct xdp_md *c) { return twice(c->ingress_ifindex) ? 2 : 1; }
            static __attribute__((used)) SEC("tracepoint/sched/sched_process_exec") int third(void *c) { return 0; }
            """);
    try (LoadedObject loaded =
        load(
            object,
            program("third", ProgramType.TRACEPOINT),
            program("second", ProgramType.XDP),
            program("first", ProgramType.XDP))) {
      assertEquals(3, loaded.programs().size());
    }
  }

  @Test
  void mapsOfTheOldKindAreMade() {
    Path object = lab.object("legacy_maps.bpf.c", "legacy_maps", "");
    try (LoadedObject loaded = load(object, program("old_style", ProgramType.XDP))) {
      MapFacts facts = facts(loaded, "packets");
      assertEquals(2, facts.type());
      assertEquals(4, facts.keySize());
      assertEquals(8, facts.valueSize());
      assertEquals(1, facts.maxEntries());
      assertTrue(loaded.programs().getFirst().mapIds().contains(loaded.maps().get("packets")));
      assertTrue(loaded.programs().getFirst().btfId() > 0);
    }
  }

  /** As aya writes them: seven words, a section for each, and no type information at all. */
  @Test
  void mapsOfARustObjectAreMadeWithAndWithoutTypes() throws IOException {
    String source =
        """
        struct map_def { unsigned type, key, value, entries, flags, id, pinning; };
        struct map_def SEC("maps/COUNTS") COUNTS = { 1, 8, 16, 64, 1, 0, 0 };
        struct map_def SEC("maps") EVENTS = { 27, 0, 0, 4096, 0, 0, 0 };
        struct map_def SEC("maps") COMMON = { 2, 4, 4, 7, 0, 0, 1 };
        static volatile int calls;
        SEC("xdp") int rust_pass(struct xdp_md *c) {
          long k = 0; int z = 0; calls++; bpf_ringbuf_output(&EVENTS, &k, 8, 0); bpf_map_lookup_elem(&COMMON, &z);
          return bpf_map_lookup_elem(&COUNTS, &k) ? 2 : 1; }
        """;
    Path typed = compile("typed", source);
    Path untyped = compile("untyped", source);
    Commands.run(
        "llvm-objcopy", "--remove-section=.BTF", "--remove-section=.BTF.ext", untyped.toString());
    for (Path object : new Path[] {typed, untyped}) {
      try (LoadedObject loaded = load(object, program("rust_pass", ProgramType.XDP))) {
        assertEquals(Set.of("COUNTS", "EVENTS", "COMMON"), loaded.maps().keySet());
        assertEquals(List.of("COMMON"), loaded.sharedMaps());
        MapFacts facts = facts(loaded, "COUNTS");
        assertEquals(16, facts.valueSize());
        assertEquals(64, facts.maxEntries());
        assertEquals(4096, facts(loaded, "EVENTS").maxEntries());
        assertEquals(7, facts(loaded, "COMMON").maxEntries());
      }
    }
    Files.delete(lab.pin("shared").resolve("COMMON"));
  }

  @Test
  void oldMapsThatCannotBeSaidInTypesNameTheMap() {
    String use =
        "SEC(\"xdp\") int p(struct xdp_md *c) { int k = 0; return bpf_map_lookup_elem(&odd, &k) ? 2"
            + " : 1; }";
    Path inner =
        compile(
            "iproute",
            "struct d { unsigned t, k, v, n, f, id, pin, inner_id, inner; }; struct d SEC(\"maps\")"
                + " odd = { 12, 4, 4, 1, 0, 1, 0, 3, 0 };"
                + use);
    Failure failure = refused(inner, "p");
    assertEquals(FailureCode.BYTECODE_INVALID, failure.code());
    assertTrue(failure.message().contains("\"odd\""), failure::describe);
    assertTrue(failure.hint().contains("SEC(\".maps\")"), failure::describe);
    Path both =
        compile(
            "both",
            "struct d { unsigned t, k, v, n; }; struct d SEC(\"maps\") odd = { 2, 4, 4, 1 };struct"
                + " { __uint(type, 2); __uint(max_entries, 1); __type(key, int); __type(value,"
                + " int); } even SEC(\".maps\");"
                + use);
    assertTrue(refused(both, "p").message().contains("both kinds"));
  }

  @Test
  void aRingBufferMayNameTheTypeOfItsRecords() {
    Path object = lab.object("ringbuf_typed.bpf.c", "ringbuf_typed", "");
    try (LoadedObject loaded = load(object, program("on_exec", ProgramType.TRACEPOINT))) {
      assertEquals(0, facts(loaded, "records").valueSize());
      assertEquals(1 << 16, facts(loaded, "records").maxEntries());
    }
  }

  @Test
  void soMayAPerfEventArray() {
    Path object =
        compile(
            "perf",
            """
            struct record { long a, b, c; };
            struct { __uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY); __type(value, struct record); } records SEC(".maps");
            SEC("tracepoint/sched/sched_process_exec") int on_exec(void *c) {
              struct record r = {}; bpf_perf_event_output(c, &records, BPF_F_CURRENT_CPU, &r, sizeof r); return 0; }
            """);
    try (LoadedObject loaded = load(object, program("on_exec", ProgramType.TRACEPOINT))) {
      assertEquals(4, facts(loaded, "records").valueSize());
    }
  }

  @Test
  void aProgramBesideAStructOpsTableLoads() throws IOException {
    Path object = lab.object("struct_ops_beside.bpf.c", "struct_ops_beside", "");
    try (LoadedObject loaded = load(object, program("beside", ProgramType.XDP))) {
      KernelProgram program = loaded.programs().getFirst();
      assertEquals("beside", program.name());
      assertTrue(program.btfId() > 0);
    }
    Path link =
        compile(
            "link",
            Files.readString(lab.directory().resolve("struct_ops_beside.bpf.c"))
                .replace("SEC(\".struct_ops\")", "SEC(\".struct_ops.link\")")
                .replaceAll("(?m)^(#include|char _license).*$", ""));
    load(link, program("beside", ProgramType.XDP)).close();
  }

  @Test
  void onlyMapsOfTheNamedProgramsAreMade() {
    Path object =
        compile(
            "siblings",
            """
            struct { __uint(type, 999); __uint(max_entries, 8); __type(key, int); __type(value, long); } odd SEC(".maps");
            struct { __uint(type, 2); __uint(max_entries, 1); __type(key, int); __type(value, long); } own SEC(".maps");
            struct { __uint(type, 2); __uint(max_entries, 1); __type(key, int); __type(value, long); } deep SEC(".maps");
            struct { __uint(type, 2); __uint(max_entries, 1); __type(key, int); __type(value, long); } idle SEC(".maps");
            struct in { __uint(type, 2); __uint(max_entries, 1); __type(key, int); __type(value, long); } inner SEC(".maps");
            struct { __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS); __uint(max_entries, 1); __type(key, int); __array(values, struct in); } outer SEC(".maps") = { .values = { &inner } };
            static __attribute__((noinline)) int leaf(int k) { return bpf_map_lookup_elem(&deep, &k) ? 2 : 1; }
            static __attribute__((noinline)) int branch(int k) { return leaf(k + 1) + leaf(k); }
            static __attribute__((noinline)) int strange(int k) { return bpf_map_lookup_elem(&odd, &k) ? 2 : 1; }
            SEC("xdp") int sibling(struct xdp_md *c) { return strange(c->rx_queue_index); }
            SEC("xdp") int named(struct xdp_md *c) { int k = 0; bpf_map_lookup_elem(&outer, &k);
              return bpf_map_lookup_elem(&own, &k) ? branch(c->rx_queue_index) & 1 : 1; }
            """);
    try (LoadedObject loaded = load(object, program("named", ProgramType.XDP))) {
      assertEquals(Set.of("own", "deep", "idle", "inner", "outer"), loaded.maps().keySet());
    }
    Failure failure = refused(object, "sibling");
    assertTrue(failure.message().contains("\"odd\""), failure::describe);
  }

  @Test
  void aTailCallTableNamesTheFunctionsThatItNeeds() {
    Path object = lab.object("tail_table.bpf.c", "tail_table", "");
    Failure failure = refused(object, "entry");
    assertEquals(FailureCode.INVALID_REQUEST, failure.code());
    assertTrue(failure.message().contains("table \"steps\""), failure::describe);
    assertEquals("name them in the same load: step_one, step_two", failure.hint());
    try (LoadedObject loaded =
        load(
            object,
            program("entry", ProgramType.XDP),
            program("step_one", ProgramType.XDP),
            program("step_two", ProgramType.XDP))) {
      assertEquals(Set.of("steps"), loaded.maps().keySet());
    }
  }

  @Test
  void aProgramThatDoesNotUseTheTableNeedsNoneOfItsFunctions() {
    Path object =
        compile(
            "apart",
            """
            int far(struct xdp_md *c); int near(struct xdp_md *c);
            struct { __uint(type, BPF_MAP_TYPE_PROG_ARRAY); __uint(max_entries, 1); __uint(key_size, 4); __array(values, int (void *)); }
              outer SEC(".maps") = { .values = { (void *)&near } }, inner SEC(".maps") = { .values = { (void *)&far } };
            SEC("xdp") int entry(struct xdp_md *c) { bpf_tail_call(c, &outer, 0); return 1; }
            SEC("xdp") int near(struct xdp_md *c) { bpf_tail_call(c, &inner, 0); return 1; }
            SEC("xdp") int far(struct xdp_md *c) { return 2; }
            SEC("xdp") int alone(struct xdp_md *c) { return 2; }
            """);
    try (LoadedObject loaded = load(object, program("alone", ProgramType.XDP))) {
      assertTrue(loaded.maps().isEmpty());
    }
    assertEquals("name them in the same load: far, near", refused(object, "entry").hint());
  }

  private static Path compile(String name, String source) {
    return BpfCompiler.compile(lab.directory(), name, HEAD + source);
  }

  private static ProgramSpec program(String name, ProgramType type) {
    return new ProgramSpec(name, type);
  }

  private static LoadedObject load(Path object, ProgramSpec... programs) {
    return lab.kernel().load(lab.request(object, programs));
  }

  private static Failure refused(Path object, String program) {
    return assertThrows(
            BpfmanException.class, () -> load(object, program(program, ProgramType.XDP)).close())
        .failure();
  }

  private static MapFacts facts(LoadedObject loaded, String map) {
    return lab.kernel().maps().facts(new MapRef.ById(loaded.maps().get(map)));
  }
}
