package io.bpfman.loader.adapter.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import io.bpfman.testkit.BpfCompiler;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A map that the kernel refuses is named, with the property and the way out. */
@Tag("kernel")
class RefusedMapIT extends WithKernelLab {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1 | max_entries is 0 or missing                              | __uint(max_entries, 1024)
          2 | lack BPF_F_NO_PREALLOC                                   | __uint(map_flags, BPF_F_NO_PREALLOC)
          3 | key has 8 bytes; of a map of type array the kernel wants 4 | __type(key, __u32)
          4 | BPF_F_MMAPABLE, which a map of type hash does not take   | use BPF_MAP_TYPE_ARRAY
          5 | type is 999, which no Linux                              | enum bpf_map_type
          6 | a power of two that is a multiple of the page size       | __uint(max_entries, 256 * 1024)
          7 | a map of maps that does not say what is in it            | __array(values
          8 | value has 40000 bytes; of a map of type percpu_array the kernel wants at most 32768 | split the value
          """)
  void eachCaseIsTold(int number, String property, String wayOut) {
    Path object =
        lab.object("refused_maps.bpf.c", "case" + number, "#define CASE %d\n".formatted(number));
    told(object, property, wayOut);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          queue      | BPF_MAP_TYPE_QUEUE); __type(key, int); __uint(max_entries, 4); __type(value, int             | of a map of type queue the kernel wants none | away
          lru        | BPF_MAP_TYPE_LRU_HASH); __uint(map_flags, BPF_F_NO_PREALLOC); __type(key, int); __uint(max_entries, 4); __type(value, int | BPF_F_NO_PREALLOC, which | away
          lpm        | BPF_MAP_TYPE_LPM_TRIE); __uint(map_flags, BPF_F_NO_PREALLOC); __type(key, int); __uint(max_entries, 4); __type(value, int | key has 4 bytes | prefixlen
          task       | BPF_MAP_TYPE_TASK_STORAGE); __uint(map_flags, BPF_F_NO_PREALLOC); __type(key, int); __uint(max_entries, 4); __type(value, int | grows by itself | away
          flag       | BPF_MAP_TYPE_ARRAY); __uint(map_flags, 1 << 29); __type(key, int); __uint(max_entries, 4); __type(value, int | 0x20000000, which | away
          cpuhash    | BPF_MAP_TYPE_PERCPU_HASH); __type(key, int); __uint(max_entries, 4); __uint(value_size, 33000 | at most 32768 | per-CPU
          emptyvalue | BPF_MAP_TYPE_HASH); __type(key, int); __uint(max_entries, 4); __uint(value_size, 0 | value has 0 bytes | __type(value
          """)
  void siblingsAreTold(String name, String definition, String property, String wayOut) {
    String source =
        """
        #include <linux/bpf.h>
        #include <bpf/bpf_helpers.h>
        struct { __uint(type, %s); } counters SEC(".maps");
        SEC("xdp") int use_counters(struct xdp_md *c) { long k = 0; return bpf_map_lookup_elem(&counters, &k) ? 2 : 1; }
        char _license[] SEC("license") = "GPL";
        """
            .formatted(definition);
    told(BpfCompiler.compile(lab.directory(), name, source), property, wayOut);
  }

  private static void told(Path object, String property, String wayOut) {
    ProgramSpec program = new ProgramSpec("use_counters", ProgramType.XDP);
    Failure failure =
        assertThrows(BpfmanException.class, () -> lab.kernel().load(lab.request(object, program)))
            .failure();
    assertTrue(
        failure.message().startsWith("the kernel refuses map \"counters\" of " + object),
        failure::describe);
    assertTrue(failure.message().contains(property), failure::describe);
    assertTrue(failure.hint().contains(wayOut), failure::describe);
    assertEquals(
        property.contains("no Linux") ? FailureCode.KERNEL_UNSUPPORTED : FailureCode.KERNEL_REFUSED,
        failure.code());
  }
}
