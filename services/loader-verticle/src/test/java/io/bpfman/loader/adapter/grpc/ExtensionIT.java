package io.bpfman.loader.adapter.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.bpfman.contract.wire.LoadRequests;
import io.bpfman.loader.daemon.LoaderInstance;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Bytecode;
import io.bpfman.model.Bytes;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.bpfman.model.KernelProgram;
import io.bpfman.model.LoadSpec;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import io.bpfman.proto.x.v1.CheckRequest;
import io.bpfman.proto.x.v1.DeleteMapEntryRequest;
import io.bpfman.proto.x.v1.DumpMapRequest;
import io.bpfman.proto.x.v1.DumpMapResponse;
import io.bpfman.proto.x.v1.Feature;
import io.bpfman.proto.x.v1.ListMapsRequest;
import io.bpfman.proto.x.v1.LookupMapRequest;
import io.bpfman.proto.x.v1.MapDatum;
import io.bpfman.proto.x.v1.MapEntry;
import io.bpfman.proto.x.v1.MapInfo;
import io.bpfman.proto.x.v1.ProgramStats;
import io.bpfman.proto.x.v1.StatsRequest;
import io.bpfman.proto.x.v1.StatsResponse;
import io.bpfman.proto.x.v1.Support;
import io.bpfman.proto.x.v1.UpdateMapRequest;
import io.bpfman.proto.x.v1.UpdateMode;
import io.bpfman.testkit.BpfCompiler;
import io.bpfman.testkit.Commands;
import io.bpfman.testkit.TestNetns;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The extension's calls on the running kernel, without the socket. */
@Tag("kernel")
class ExtensionIT {
  private static final ProgramSpec TOUCH = new ProgramSpec("touch", ProgramType.XDP);

  private static Path directory;
  private static Path object;
  private static Path broken;
  private static LoaderInstance instance;
  private static MapCalls maps;
  private static DiagnosticCalls diagnostics;
  private static int program;

  @BeforeAll
  static void open(@TempDir Path fresh) throws Exception {
    directory = fresh;
    try (InputStream source = ExtensionIT.class.getResourceAsStream("/bpf/maps.bpf.c")) {
      String text = new String(source.readAllBytes(), StandardCharsets.UTF_8);
      object = BpfCompiler.compile(directory, "maps", text);
      broken = BpfCompiler.compile(directory, "broken", "#define BROKEN\n" + text);
    }
    instance = LoaderInstance.open(directory.resolve("run"));
    maps = new MapCalls(instance.core().maps());
    diagnostics = new DiagnosticCalls(instance.core());
    program = (int) instance.core().programs().load(spec(object)).getFirst().record().id().value();
  }

  @AfterAll
  static void close() throws Exception {
    instance.core().programs().unload(new ProgramId(program));
    instance.close();
    Commands.run("umount", directory.resolve("run/fs").toString());
    assertEquals(List.of(), bpfDescriptors());
  }

  private static LoadSpec spec(Path file, ProgramSpec... programs) {
    List<ProgramSpec> wanted = programs.length == 0 ? List.of(TOUCH) : List.of(programs);
    return new LoadSpec(new Bytecode.File(file.toString()), wanted, Map.of(), Map.of(), null);
  }

  @Test
  void everyMapIsListedWithSizesAndTypes() {
    Map<String, MapInfo> listed =
        maps.list(ListMapsRequest.newBuilder().setProgramId(program).build()).getMapsList().stream()
            .collect(Collectors.toMap(MapInfo::getName, map -> map));
    MapInfo flows = listed.get("flows");
    assertEquals("hash", flows.getTypeName());
    assertEquals(8, flows.getKeySize());
    assertEquals(32, flows.getValueSize());
    assertEquals(200_000, flows.getMaxEntries());
    assertEquals(1, flows.getFlags());
    assertEquals("struct flow", flows.getKeyType());
    assertEquals("struct record", flows.getValueType());
    assertEquals(List.of(program), flows.getProgramIdsList());
    assertTrue(flows.getPinPath().endsWith("/flows"), flows.getPinPath());
    assertEquals("lpm_trie", listed.get("routes").getTypeName());
    assertEquals("enum verdict", listed.get("routes").getValueType());
    assertEquals("", listed.get("untyped").getKeyType());
    MapInfo constants = listed.get("maps.rodata");
    assertEquals("", constants.getPinPath());
    assertEquals(
        listed.size(), maps.list(ListMapsRequest.getDefaultInstance()).getMapsList().size());
  }

  @Test
  void aStructGoesInAndComesOutAsJson() {
    String key = "{\"address\":16777343,\"port\":53,\"kind\":9,\"rest\":4095}";
    String value =
        "{\"packets\":18446744073709551615,\"delta\":-7,\"verdict\":\"DENY\",\"label\":\"dns\","
            + "\"seen\":true,\"word\":258,\"bytes\":[2,1,0,0]}";
    update("flows", UpdateMode.UPDATE_MODE_NOEXIST, key, value);
    MapEntry entry = lookup("flows", key);
    assertEquals(key, entry.getKeyJson());
    assertEquals(List.of(value), entry.getValuesJsonList());
    assertEquals("0100007f3500f9ff".substring(8), hex(entry.getKey()).substring(8));
    assertEquals(
        FailureCode.INVALID_REQUEST,
        failure(() -> update("flows", UpdateMode.UPDATE_MODE_NOEXIST, key, value)).code());
    update("flows", UpdateMode.UPDATE_MODE_EXIST, key, value.replace("DENY", "ALLOW"));
    assertTrue(lookup("flows", key).getValuesJson(0).contains("\"verdict\":\"ALLOW\""));
    delete("flows", key);
    Failure gone = failure(() -> lookup("flows", key));
    assertEquals(FailureCode.MAP_NOT_FOUND, gone.code());
    assertTrue(gone.message().contains("\"flows\" has no entry"), gone::describe);
    assertEquals(FailureCode.MAP_NOT_FOUND, failure(() -> delete("flows", key)).code());
    assertEquals(
        FailureCode.MAP_NOT_FOUND,
        failure(() -> update("flows", UpdateMode.UPDATE_MODE_EXIST, key, value)).code());
  }

  @Test
  void everyKindOfMapIsWrittenAndRead() {
    update("slots", UpdateMode.UPDATE_MODE_ANY, "2", "-5");
    assertEquals("-5", lookup("slots", "0x2").getValuesJson(0));
    assertEquals(4, dump("slots").getEntriesCount());
    update("recent", UpdateMode.UPDATE_MODE_ANY, "7", "70");
    assertEquals("70", lookup("recent", "7").getValuesJson(0));
    assertEquals(1, dump("recent").getEntriesCount());
    delete("recent", "7");
    update("routes", UpdateMode.UPDATE_MODE_ANY, "{\"prefixlen\":8,\"data\":[10,0,0,0]}", "DENY");
    String longer = "{\"prefixlen\":32,\"data\":[10,1,2,3]}";
    assertEquals("\"DENY\"", lookup("routes", longer).getValuesJson(0));
    assertEquals(
        "{\"prefixlen\":8,\"data\":[10,0,0,0]}", dump("routes").getEntries(0).getKeyJson());
    update("untyped", UpdateMode.UPDATE_MODE_ANY, "258", "0xbeef");
    MapEntry plain = lookup("untyped", "258");
    assertEquals("02010000", hex(plain.getKey()));
    assertEquals("efbe", hex(plain.getValues(0)));
    assertEquals("", plain.getKeyJson());
    delete("untyped", "258");
  }

  @Test
  void perCpuMapsTakeOneValueForAllOrOneForEach() {
    update("cpu_slots", UpdateMode.UPDATE_MODE_ANY, "1", "11");
    MapEntry all = lookup("cpu_slots", "1");
    int cpus = all.getValuesCount();
    assertEquals(IntStream.range(0, cpus).mapToObj(cpu -> "11").toList(), all.getValuesJsonList());
    String[] each = IntStream.range(0, cpus).mapToObj(Integer::toString).toArray(String[]::new);
    update("cpu_hash", UpdateMode.UPDATE_MODE_ANY, "5", each);
    assertEquals(List.of(each), lookup("cpu_hash", "5").getValuesJsonList());
    assertEquals(List.of(each), dump("cpu_hash").getEntries(0).getValuesJsonList());
    assertEquals(2, dump("cpu_slots").getEntriesCount());
    delete("cpu_hash", "5");
    String[] tooMany = Stream.generate(() -> "1").limit(cpus + 1).toArray(String[]::new);
    Failure failure = failure(() -> update("cpu_hash", UpdateMode.UPDATE_MODE_ANY, "5", tooMany));
    assertTrue(failure.message().contains("%d values".formatted(cpus)), failure::describe);
  }

  @Test
  void aHundredThousandEntriesAreDumpedInWellUnderASecond() {
    DumpMapRequest all = dumpRequest("large").setMaxEntries(100_000).setTyped(false).build();
    maps.dump(all);
    long start = System.nanoTime();
    DumpMapResponse dump = maps.dump(all);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertEquals(100_000, dump.getEntriesCount());
    assertFalse(dump.getTruncated());
    System.out.println("100,000 entries dumped in " + took.toMillis() + " ms");
    assertTrue(took.compareTo(Duration.ofMillis(800)) < 0, took::toString);
    DumpMapResponse some = maps.dump(dumpRequest("large").setMaxEntries(33_333).build());
    assertEquals(33_333, some.getEntriesCount());
    assertTrue(some.getTruncated());
  }

  @Test
  void aHashMapIsDumpedInBatchesOnceEach() {
    String value =
        "{\"packets\":1,\"delta\":0,\"verdict\":0,\"label\":\"\",\"seen\":false,\"word\":0}";
    for (int i = 0; i < 20_000; i++) {
      update(
          "flows",
          UpdateMode.UPDATE_MODE_ANY,
          "{\"address\":%d,\"port\":1,\"kind\":0,\"rest\":0}".formatted(i),
          value);
    }
    DumpMapResponse dump = maps.dump(dumpRequest("flows").setMaxEntries(50_000).build());
    Set<ByteString> keys =
        dump.getEntriesList().stream().map(MapEntry::getKey).collect(Collectors.toSet());
    assertEquals(20_000, dump.getEntriesCount());
    assertEquals(20_000, keys.size());
    assertFalse(dump.getTruncated());
    assertEquals(10_000, maps.dump(dumpRequest("flows").build()).getEntriesCount());
    keys.forEach(
        key ->
            maps.delete(
                DeleteMapEntryRequest.newBuilder()
                    .setProgramId(program)
                    .setMapName("flows")
                    .setKey(MapDatum.newBuilder().setRaw(key))
                    .build()));
  }

  @Test
  void errorsNameMapKeyAndSize() {
    Failure size = failure(() -> lookupRaw("slots", new byte[3]));
    assertEquals(FailureCode.INVALID_REQUEST, size.code());
    assertTrue(size.message().contains("key of map \"slots\" has 4 bytes, 3"), size::describe);
    Failure range = failure(() -> update("slots", UpdateMode.UPDATE_MODE_ANY, "99", "1"));
    assertTrue(range.message().contains("4 entries at most"), range::describe);
    Failure fixed = failure(() -> delete("slots", "1"));
    assertEquals(FailureCode.KERNEL_UNSUPPORTED, fixed.code());
    Failure member =
        failure(() -> lookup("flows", "{\"address\":1,\"port\":70000,\"kind\":0,\"rest\":0}"));
    assertTrue(member.message().contains("port: a whole number from 0 to 65535"), member::describe);
    Failure frozen = failure(() -> updateRaw("maps.rodata", new byte[4], new byte[4]));
    assertTrue(frozen.message().contains("read-only"), frozen::describe);
    Failure map = failure(() -> dump("flow"));
    assertEquals(FailureCode.MAP_NOT_FOUND, map.code());
    assertTrue(map.hint().contains("flows"), map::describe);
  }

  @Test
  void runsAreCountedWhileAWindowIsOpenAndNoDescriptorStays() throws Exception {
    try (TestNetns netns = TestNetns.create()) {
      var link =
          instance
              .core()
              .links()
              .attach(
                  new ProgramId(program),
                  io.bpfman.contract.wire.AttachInfos.fromProto(
                      io.bpfman.proto.v1.AttachInfo.newBuilder()
                          .setXdpAttachInfo(
                              io.bpfman.proto.v1.XDPAttachInfo.newBuilder()
                                  .setIface(TestNetns.INTERFACE)
                                  .setNetns(netns.path().toString())
                                  .setPriority(50))
                          .build()),
                  Map.of());
      ProgramStats before = stats(3_000);
      netns.ping(5);
      ProgramStats after = stats(400);
      assertTrue(after.getRunCount() >= before.getRunCount() + 5, after::toString);
      assertTrue(after.getRunTimeNs() > before.getRunTimeNs(), after::toString);
      assertTrue(after.getMemoryBytes() > 0);
      assertEquals("touch", after.getName());
      assertTrue(bpfDescriptors().size() == 1, () -> "one switch for both windows");
      Awaitility.await().atMost(Duration.ofSeconds(6)).until(() -> bpfDescriptors().isEmpty());
      instance.core().links().detach(link.id());
    }
    assertEquals(
        FailureCode.INVALID_REQUEST,
        failure(() -> diagnostics.stats(StatsRequest.newBuilder().setWindowMs(60_001).build()))
            .code());
  }

  @Test
  void foreignProgramsAreCountedOnlyWhenAskedFor() {
    StatsResponse ours = diagnostics.stats(StatsRequest.getDefaultInstance());
    assertEquals(1, ours.getProgramsCount());
    StatsResponse all =
        diagnostics.stats(StatsRequest.newBuilder().setIncludeForeign(true).build());
    assertTrue(all.getProgramsCount() >= 1);
    assertTrue(all.getProgramsList().stream().anyMatch(ProgramStats::getOurs));
  }

  @Test
  void everyFeatureHasAnAnswerAndAReason() {
    List<Feature> features = diagnostics.probe().getFeaturesList();
    assertTrue(features.stream().noneMatch(feature -> feature.getReason().isBlank()));
    for (String name : List.of("xdp", "tc", "tcx", "tracepoint", "uprobe", "hash", "lpm_trie")) {
      assertEquals(Support.SUPPORT_YES, support(features, name), name);
    }
    for (String name : List.of("fentry", "fexit", "lsm", "freplace", "kprobe", "kretprobe")) {
      assertEquals(Support.SUPPORT_NO, support(features, name), name);
    }
    assertEquals(features, diagnostics.probe().getFeaturesList());
  }

  @Test
  void aCheckLeavesNothingWhetherItSucceedsOrNot() throws Exception {
    Set<Long> before = livingPrograms();
    CheckRequest all =
        CheckRequest.newBuilder()
            .setLoad(LoadRequests.toProto(spec(object)).toBuilder().clearInfo())
            .build();
    assertEquals("touch", diagnostics.check(all).getPrograms(0).getName());
    assertTrue(diagnostics.check(all).getPrograms(0).getVerifiedInstructions() > 0);
    CheckRequest bad =
        CheckRequest.newBuilder()
            .setLoad(LoadRequests.toProto(spec(broken)).toBuilder().clearInfo())
            .build();
    Failure refused = failure(() -> diagnostics.check(bad));
    assertEquals(FailureCode.VERIFIER_REJECTED, refused.code());
    assertTrue(refused.message().contains("\"broken\""), refused::describe);
    assertTrue(refused.log().contains("invalid access to packet"), refused::log);
    assertEquals(
        failure(
                () ->
                    instance
                        .core()
                        .programs()
                        .load(spec(broken, TOUCH, new ProgramSpec("broken", ProgramType.XDP))))
            .message(),
        refused.message());
    assertEquals(before, livingPrograms());
    try (Stream<Path> pins = Files.list(directory.resolve("run/fs/maps"))) {
      assertEquals(
          List.of(Integer.toString(program)),
          pins.map(pin -> pin.getFileName().toString()).filter(n -> n.matches("[0-9]+")).toList());
    }
  }

  /** Of our names only: others load programs on this host meanwhile. */
  private static Set<Long> livingPrograms() {
    return instance.core().inventory().kernelPrograms().stream()
        .filter(living -> Set.of("touch", "broken").contains(living.name()))
        .map(KernelProgram::id)
        .map(ProgramId::value)
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static Support support(List<Feature> features, String name) {
    return features.stream()
        .filter(feature -> feature.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no feature " + name))
        .getSupport();
  }

  private static ProgramStats stats(int window) {
    return diagnostics
        .stats(StatsRequest.newBuilder().setProgramId(program).setWindowMs(window).build())
        .getPrograms(0);
  }

  private static MapDatum text(String text) {
    return MapDatum.newBuilder().setText(text).build();
  }

  private static void update(String map, UpdateMode mode, String key, String... values) {
    maps.update(
        UpdateMapRequest.newBuilder()
            .setProgramId(program)
            .setMapName(map)
            .setKey(text(key))
            .addAllValues(Stream.of(values).map(ExtensionIT::text).toList())
            .setMode(mode)
            .build());
  }

  private static void updateRaw(String map, byte[] key, byte[] value) {
    maps.update(
        UpdateMapRequest.newBuilder()
            .setProgramId(program)
            .setMapName(map)
            .setKey(MapDatum.newBuilder().setRaw(ByteString.copyFrom(key)))
            .addValues(MapDatum.newBuilder().setRaw(ByteString.copyFrom(value)))
            .build());
  }

  private static MapEntry lookup(String map, String key) {
    return maps.lookup(
            LookupMapRequest.newBuilder()
                .setProgramId(program)
                .setMapName(map)
                .setKey(text(key))
                .build())
        .getEntry();
  }

  private static void lookupRaw(String map, byte[] key) {
    maps.lookup(
        LookupMapRequest.newBuilder()
            .setProgramId(program)
            .setMapName(map)
            .setKey(MapDatum.newBuilder().setRaw(ByteString.copyFrom(key)))
            .build());
  }

  private static void delete(String map, String key) {
    maps.delete(
        DeleteMapEntryRequest.newBuilder()
            .setProgramId(program)
            .setMapName(map)
            .setKey(text(key))
            .build());
  }

  private static DumpMapRequest.Builder dumpRequest(String map) {
    return DumpMapRequest.newBuilder().setProgramId(program).setMapName(map).setTyped(true);
  }

  private static DumpMapResponse dump(String map) {
    return maps.dump(dumpRequest(map).build());
  }

  private static String hex(ByteString bytes) {
    return Bytes.of(bytes.toByteArray()).toHex();
  }

  private static Failure failure(Executable call) {
    return assertThrows(BpfmanException.class, call).failure();
  }

  private static List<String> bpfDescriptors() throws Exception {
    List<String> found = new java.util.ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path file : files) {
        if (Files.isSymbolicLink(file)) {
          String target = Files.readSymbolicLink(file).toString();
          if (target.matches("anon_inode:.*(bpf|btf|perf).*")) {
            found.add(target);
          }
        }
      }
    }
    return found;
  }
}
