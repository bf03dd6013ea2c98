package io.bpfman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Message;
import io.bpfman.proto.x.v1.CheckRequest;
import io.bpfman.proto.x.v1.DeleteMapEntryRequest;
import io.bpfman.proto.x.v1.DumpMapRequest;
import io.bpfman.proto.x.v1.ListMapsRequest;
import io.bpfman.proto.x.v1.LookupMapRequest;
import io.bpfman.proto.x.v1.StatsRequest;
import io.bpfman.proto.x.v1.UpdateMapRequest;
import io.bpfman.proto.x.v1.UpdateMode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MapCommandsTest {
  private final CliHarness cli = new CliHarness();
  private final List<Message> requests = new ArrayList<>();

  @BeforeEach
  void record() {
    cli.loader()
        .failWith(
            request -> {
              requests.add(request);
              return null;
            });
  }

  private <T extends Message> T sent(Class<T> type, String... line) {
    CliHarness.Result result = cli.run(line);
    assertEquals(0, result.code(), result.err());
    return type.cast(requests.getLast());
  }

  @Test
  void mapAloneListsAllMaps() {
    assertEquals(0, sent(ListMapsRequest.class, "map").getProgramId());
    assertEquals(42, sent(ListMapsRequest.class, "map", "list", "42").getProgramId());
  }

  @Test
  void keysAndValuesGoAsTextUnlessTheyAreRaw() {
    String key = "{\"prefixlen\":8,\"data\":[10,0,0,0]}";
    assertEquals(
        key, sent(LookupMapRequest.class, "map", "lookup", "42", "m", key).getKey().getText());
    UpdateMapRequest update =
        sent(
            UpdateMapRequest.class, "map", "update", "42", "m", "1", "2", "3", "--mode", "noexist");
    assertEquals("1", update.getKey().getText());
    assertEquals(2, update.getValuesCount());
    assertEquals(UpdateMode.UPDATE_MODE_NOEXIST, update.getMode());
    DeleteMapEntryRequest delete =
        sent(DeleteMapEntryRequest.class, "map", "delete", "--raw", "42", "m", "0x2a 00");
    assertEquals(2, delete.getKey().getRaw().size());
    assertEquals(80, cli.run("map", "delete", "--raw", "42", "m", "0x2").code());
    assertEquals(80, cli.run("map", "update", "42", "m").code());
  }

  @Test
  void queuesAndStacksAreAskedWithoutAKey() {
    assertEquals(false, sent(LookupMapRequest.class, "map", "lookup", "42", "waiting").hasKey());
    UpdateMapRequest push = sent(UpdateMapRequest.class, "map", "update", "42", "waiting", "7");
    assertEquals(false, push.hasKey());
    assertEquals("7", push.getValues(0).getText());
  }

  @Test
  void variablesAreNamedInPlaceOfAKeyAlsoWithRawValues() {
    assertEquals(
        "counters",
        sent(LookupMapRequest.class, "map", "lookup", "42", ".bss", "counters").getKey().getText());
    UpdateMapRequest raw =
        sent(UpdateMapRequest.class, "map", "update", "--raw", "42", ".bss", "counters", "2a00");
    assertEquals("counters", raw.getKey().getText());
    assertEquals(2, raw.getValues(0).getRaw().size());
  }

  @Test
  void aDumpAsksForTypesUnlessItIsRaw() {
    cli.run("map", "dump", "42", "m");
    assertTrue(((DumpMapRequest) requests.getLast()).getTyped());
    cli.run("map", "dump", "42", "m", "--raw");
    assertEquals(false, ((DumpMapRequest) requests.getLast()).getTyped());
  }

  @Test
  void aSampleAsksForTwiceItsInterval() {
    StatsRequest sample = sent(StatsRequest.class, "top", "--once", "--interval", "0.1", "--all");
    assertEquals(200, sample.getWindowMs());
    assertTrue(sample.getIncludeForeign());
    assertEquals(80, cli.run("top", "--once", "--interval", "31").code());
  }

  @Test
  void aCheckWithoutProgramsIsAboutTheWholeObject() {
    assertEquals(0, sent(CheckRequest.class, "check", "/x.o").getLoad().getInfoCount());
    assertEquals(
        1,
        sent(CheckRequest.class, "check", "/x.o", "--programs", "xdp:a").getLoad().getInfoCount());
    assertEquals(0, cli.run("probe", "-o", "json").code());
  }
}
