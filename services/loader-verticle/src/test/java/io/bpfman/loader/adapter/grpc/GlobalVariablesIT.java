package io.bpfman.loader.adapter.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.bpfman.loader.daemon.LoaderInstance;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Bytecode;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.bpfman.model.LoadSpec;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import io.bpfman.proto.x.v1.DeleteMapEntryRequest;
import io.bpfman.proto.x.v1.DumpMapRequest;
import io.bpfman.proto.x.v1.DumpMapResponse;
import io.bpfman.proto.x.v1.LookupMapRequest;
import io.bpfman.proto.x.v1.LookupMapResponse;
import io.bpfman.proto.x.v1.MapDatum;
import io.bpfman.proto.x.v1.MapVariable;
import io.bpfman.proto.x.v1.UpdateMapRequest;
import io.bpfman.proto.x.v1.UpdateMode;
import io.bpfman.testkit.BpfCompiler;
import io.bpfman.testkit.Commands;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Global variables, and maps that have no keys or are not to be walked, on the running kernel. */
@Tag("kernel")
class GlobalVariablesIT {
  private static Path runtime;
  private static LoaderInstance instance;
  private static MapCalls maps;
  private static int program;

  @BeforeAll
  static void open(@TempDir Path directory) throws Exception {
    runtime = directory.resolve("run");
    Path object;
    try (InputStream source = GlobalVariablesIT.class.getResourceAsStream("/bpf/globals.bpf.c")) {
      String text = new String(source.readAllBytes(), StandardCharsets.UTF_8);
      object = BpfCompiler.compile(directory, "globals", text);
    }
    instance = LoaderInstance.open(runtime);
    maps = new MapCalls(instance.core().maps());
    LoadSpec spec =
        new LoadSpec(
            new Bytecode.File(object.toString()),
            List.of(new ProgramSpec("count_hits", ProgramType.XDP)),
            Map.of(),
            Map.of(),
            null);
    program = (int) instance.core().programs().load(spec).getFirst().record().id().value();
  }

  @AfterAll
  static void close() {
    instance.core().programs().unload(new ProgramId(program));
    instance.close();
    Commands.run("umount", runtime.resolve("fs").toString());
  }

  private static MapDatum text(String text) {
    return MapDatum.newBuilder().setText(text).build();
  }

  private static Map<String, MapVariable> variables(String section) {
    return dump(section).getVariablesList().stream()
        .collect(Collectors.toMap(MapVariable::getName, variable -> variable));
  }

  private static DumpMapResponse dump(String map) {
    return maps.dump(
        DumpMapRequest.newBuilder().setProgramId(program).setMapName(map).setTyped(true).build());
  }

  private static LookupMapResponse lookup(String map, String key) {
    LookupMapRequest.Builder request =
        LookupMapRequest.newBuilder().setProgramId(program).setMapName(map);
    return maps.lookup(key.isEmpty() ? request.build() : request.setKey(text(key)).build());
  }

  private static void update(String map, String key, String value) {
    update(map, key, value, UpdateMode.UPDATE_MODE_ANY);
  }

  private static void update(String map, String key, String value, UpdateMode mode) {
    UpdateMapRequest.Builder request =
        UpdateMapRequest.newBuilder()
            .setProgramId(program)
            .setMapName(map)
            .setMode(mode)
            .addValues(text(value));
    maps.update(key.isEmpty() ? request.build() : request.setKey(text(key)).build());
  }

  private static Failure failure(Executable call) {
    return assertThrows(BpfmanException.class, call).failure();
  }

  @Test
  void eachSectionShowsItsVariablesByNameAndType() {
    assertEquals("{\"low\":1,\"high\":9}", variables(".rodata").get("limits").getValueJson());
    assertEquals("struct limits", variables(".data").get("seen").getType());
    assertEquals(List.of("table"), List.copyOf(variables(".data.table").keySet()));
    assertEquals("[1,2,3,4]", variables(".data.table").get("table").getValueJson());
    Map<String, MapVariable> zeroed = variables(".bss");
    assertEquals("__u64", zeroed.get("hits").getType());
    assertEquals(8, zeroed.get("hits").getSize());
    assertTrue(zeroed.keySet().containsAll(List.of("half", "label", "buffer")), zeroed::toString);
    MapVariable buffer = zeroed.get("buffer");
    assertEquals("5242880 bytes; the limit is 4194304 (4 MiB)", buffer.getNote());
    assertEquals(ByteString.EMPTY, buffer.getValue());
    assertEquals(variables(".bss").keySet(), variables("globals.bss").keySet());
  }

  @Test
  void aVariableIsWrittenByNameAndNothingBesideIt() {
    update(".bss", "hits", "18446744073709551615");
    update(".bss", "half", "7");
    update(".bss", "label", "dns");
    update(".data", "seen", "{\"low\":30,\"high\":40}");
    update(".data.table", "table", "[9,8,7,6]");
    assertEquals("18446744073709551615", lookup(".bss", "hits").getVariable().getValueJson());
    assertEquals("7", lookup(".bss", "half").getVariable().getValueJson());
    assertEquals("\"dns\"", lookup(".bss", "label").getVariable().getValueJson());
    assertEquals("{\"low\":30,\"high\":40}", lookup(".data", "seen").getVariable().getValueJson());
    assertEquals("[9,8,7,6]", lookup(".data.table", "table").getVariable().getValueJson());
    assertEquals(
        ByteString.copyFrom(new byte[] {9, 0, 8, 0, 7, 0, 6, 0}),
        lookup(".data.table", "0").getEntry().getValues(0));
    update(".data.table", "table", "[1,2,3,4]");
  }

  @Test
  void whatCannotBeWrittenSaysWhy() {
    Failure frozen = failure(() -> update(".rodata", "limits", "{\"low\":1,\"high\":2}"));
    assertTrue(frozen.message().contains("read-only: it was frozen"), frozen::describe);
    assertTrue(frozen.hint().contains("--global"), frozen::describe);
    Failure misfit = failure(() -> update(".bss", "half", "4294967296"));
    assertTrue(misfit.message().contains("variable \"half\""), misfit::describe);
    Failure absent = failure(() -> lookup(".bss", "hit"));
    assertEquals(FailureCode.MAP_NOT_FOUND, absent.code());
    assertTrue(absent.hint().contains("hits"), absent::describe);
    Failure large = failure(() -> lookup(".bss", "buffer"));
    assertEquals(FailureCode.MESSAGE_TOO_LARGE, large.code());
    assertTrue(large.message().contains("the limit is 4194304"), large::describe);
    Failure section = failure(() -> dump(".rodata.str"));
    assertEquals(FailureCode.MAP_NOT_FOUND, section.code());
    Failure mode = failure(() -> update(".bss", "half", "1", UpdateMode.UPDATE_MODE_NOEXIST));
    assertTrue(mode.hint().contains("mode any or exist"), mode::describe);
  }

  @Test
  void queuesAndStacksArePeekedAndFilledWithoutAKey() {
    for (String map : List.of("waiting", "pile")) {
      assertEquals(FailureCode.MAP_NOT_FOUND, failure(() -> lookup(map, "")).code());
      update(map, "", "11");
      update(map, "", "22");
      int next = map.equals("waiting") ? 11 : 22;
      assertEquals(next, next(map));
      assertEquals(next, next(map));
      Failure full = failure(() -> update(map, "", "33"));
      assertTrue(full.message().contains("is full: it has 2 elements"), full::describe);
      Failure key = failure(() -> lookup(map, "1"));
      assertTrue(key.message().contains("has no keys"), key::describe);
      Failure walk = failure(() -> dump(map));
      assertEquals(FailureCode.KERNEL_UNSUPPORTED, walk.code());
      assertTrue(walk.hint().contains("map lookup` without a key"), walk::describe);
    }
    update("waiting", "", "33", UpdateMode.UPDATE_MODE_EXIST);
    assertEquals(22, next("waiting"));
  }

  /** libbpf gives the kernel no types of these maps. */
  private static int next(String map) {
    return lookup(map, "").getEntry().getValues(0).byteAt(0);
  }

  @Test
  void mapsThatCannotBeWalkedSayWhatTheyAreAndTheWayOut() {
    refusal("ring", "is a ring buffer", "ring_buffer__new");
    refusal("events", "is a perf event array", "bpftool map event_pipe id");
    refusal("known", "is a bloom filter", "map update` adds a value");
    update("known", "", "5");
    Failure table = failure(() -> update("next", "0", "3"));
    assertTrue(table.message().contains("a table of programs"), table::describe);
    assertTrue(table.hint().contains("pinned PATH"), table::describe);
    assertEquals(0, dump("next").getEntriesCount());
    Failure delete =
        failure(
            () ->
                maps.delete(
                    DeleteMapEntryRequest.newBuilder()
                        .setProgramId(program)
                        .setMapName("waiting")
                        .build()));
    assertTrue(delete.message().contains("is a queue"), delete::describe);
  }

  private static void refusal(String map, String what, String wayOut) {
    Failure refused = failure(() -> dump(map));
    assertEquals(FailureCode.KERNEL_UNSUPPORTED, refused.code());
    assertTrue(refused.message().contains(what), refused::describe);
    assertTrue(refused.hint().contains(wayOut), refused::describe);
    Failure single = failure(() -> lookup(map, ""));
    assertTrue(single.code() != FailureCode.INTERNAL, single::describe);
  }

  @Test
  void dumpsAndLookupsOfLargeValuesAreBoundedInBytes() {
    DumpMapResponse dump = dump("large");
    assertTrue(dump.getTruncated());
    assertTrue(dump.getEntriesCount() < 24, () -> "" + dump.getEntriesCount());
    assertTrue(dump.getSerializedSize() < 26 << 20, () -> "" + dump.getSerializedSize());
    for (Executable call :
        List.<Executable>of(() -> dump("too_large"), () -> lookup("too_large", "0"))) {
      Failure refused = failure(call);
      assertEquals(FailureCode.MESSAGE_TOO_LARGE, refused.code());
      assertTrue(refused.message().contains("5242880 bytes"), refused::describe);
      assertTrue(refused.message().contains("the limit is 4194304 (4 MiB)"), refused::describe);
    }
    Failure write = failure(() -> update("too_large", "0", "1"));
    assertEquals(FailureCode.MESSAGE_TOO_LARGE, write.code());
  }
}
