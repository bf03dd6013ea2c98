package io.bpfman.loader.adapter.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.bpfman.model.Bytes;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.x.v1.DeleteMapEntryRequest;
import io.bpfman.proto.x.v1.DumpMapRequest;
import io.bpfman.proto.x.v1.DumpMapResponse;
import io.bpfman.proto.x.v1.ListMapsRequest;
import io.bpfman.proto.x.v1.LookupMapRequest;
import io.bpfman.proto.x.v1.MapDatum;
import io.bpfman.proto.x.v1.MapEntry;
import io.bpfman.proto.x.v1.MapInfo;
import io.bpfman.proto.x.v1.UpdateMapRequest;
import io.bpfman.proto.x.v1.UpdateMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The extension's calls on maps, on the running kernel. */
@Tag("kernel")
class MapCallsIT extends ExtensionCase {
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

  private static MapDatum text(String text) {
    return MapDatum.newBuilder().setText(text).build();
  }

  private static void update(String map, UpdateMode mode, String key, String... values) {
    maps.update(
        UpdateMapRequest.newBuilder()
            .setProgramId(program)
            .setMapName(map)
            .setKey(text(key))
            .addAllValues(Stream.of(values).map(MapCallsIT::text).toList())
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
}
