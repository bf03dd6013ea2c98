package io.bpfman.loader.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.loader.adapter.sqlite.SqliteProgramStore;
import io.bpfman.loader.port.ProgramStore;
import io.bpfman.loader.port.Succession;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Bytecode;
import io.bpfman.model.Bytes;
import io.bpfman.model.ChainKey;
import io.bpfman.model.ChainType;
import io.bpfman.model.Direction;
import io.bpfman.model.DispatcherRecord;
import io.bpfman.model.FailureCode;
import io.bpfman.model.HookId;
import io.bpfman.model.LinkId;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.NetworkHook;
import io.bpfman.model.Placement;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CachedStoreTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123456789Z");
  private static final List<AttachSpec> SPECS =
      List.of(
          new AttachSpec.Lsm(),
          new AttachSpec.Tracepoint("syscalls", "sys_enter_getpgid"),
          new AttachSpec.Tcx(new NetworkHook("eth0", null), Direction.INGRESS, 50),
          new AttachSpec.Tcx(new NetworkHook("eth1", "/run/netns/a"), Direction.EGRESS, 7));

  /** Few, so that changes meet one another. */
  private static final int PROGRAMS = 6;

  private static final int LINKS = 25;
  private static final int CHANGES = 250;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void answersAsTheStoreBelowAfterEachOfManyChanges(long seed) {
    Random random = new Random(seed);
    try (ProgramStore durable = SqliteProgramStore.open(directory.resolve("store"));
        ProgramStore cached = new CachedStore(durable)) {
      for (int i = 0; i < CHANGES; i++) {
        change(cached, random);
        assertSame(durable, cached);
      }
    }
  }

  @Test
  void metadataOfAllProgramsAndLinksTogetherAreBounded() {
    Map<String, String> large = Map.of("k", "x".repeat(65_535));
    try (ProgramStore durable = SqliteProgramStore.open(directory.resolve("store"));
        ProgramStore cached = new CachedStore(durable)) {
      for (long id = 1; id < 256; id++) {
        cached.addPrograms(List.of(large(id, large)), List.of());
      }
      LinkId link = cached.beginAttach(new ProgramId(1), SPECS.getFirst(), large, null).id();
      BpfmanException refused =
          assertThrows(
              BpfmanException.class,
              () -> cached.addPrograms(List.of(large(256, large)), List.of()));
      assertEquals(FailureCode.MESSAGE_TOO_LARGE, refused.code());
      assertTrue(refused.getMessage().contains("the limit is 16777216"), refused.getMessage());
      assertEquals(Optional.empty(), durable.program(new ProgramId(256)));
      assertThrows(
          BpfmanException.class,
          () -> cached.beginAttach(new ProgramId(1), SPECS.getFirst(), Map.of("k", ""), null));
      cached.removeLink(link);
      cached.addPrograms(List.of(large(256, large)), List.of());
    }
  }

  @Test
  void replacementIsBoundedByWhatItAddsToWhatStays() {
    Map<String, String> large = Map.of("k", "x".repeat(65_535));
    try (ProgramStore durable = SqliteProgramStore.open(directory.resolve("store"));
        ProgramStore cached = new CachedStore(durable)) {
      for (long id = 1; id <= 256; id++) {
        cached.addPrograms(List.of(large(id, large)), List.of());
      }
      List<ProgramId> old = List.of(new ProgramId(1));
      cached.beginReplace(old);
      BpfmanException refused =
          assertThrows(
              BpfmanException.class,
              () -> cached.finishReplace(replaced(old, large(257, large), large(258, large))));
      assertEquals(FailureCode.MESSAGE_TOO_LARGE, refused.code());
      assertEquals(Optional.empty(), durable.program(new ProgramId(257)));
      cached.finishReplace(replaced(old, large(257, large)));
      assertTrue(durable.program(new ProgramId(257)).isPresent());
    }
  }

  private static Succession replaced(List<ProgramId> old, ProgramRecord... added) {
    return new Succession(old, List.of(added), List.of(), List.of(), List.of());
  }

  private static ProgramRecord large(long id, Map<String, String> metadata) {
    return new ProgramRecord(
        new ProgramId(id),
        new ProgramSpec("count", ProgramType.XDP),
        new Bytecode.File("/opt/count.o"),
        Map.of(),
        metadata,
        "0123456789abcdef",
        new ProgramId(id),
        null,
        NOW);
  }

  @Test
  void beginsWithWhatIsInTheStoreBelow() {
    Random random = new Random(3);
    try (ProgramStore durable = SqliteProgramStore.open(directory.resolve("store"))) {
      for (int i = 0; i < CHANGES; i++) {
        change(durable, random);
      }
      assertTrue(!durable.programs(Map.of()).isEmpty() && !durable.links().isEmpty());
      assertSame(durable, new CachedStore(durable));
    }
  }

  @Test
  void aRefusedWriteChangesNothing() {
    ProgramStore durable = SqliteProgramStore.open(directory.resolve("store"));
    ProgramStore cached = new CachedStore(durable);
    ProgramRecord first = program(1, new Random(1));
    cached.addPrograms(List.of(first), List.of("shared"));
    durable.close();
    for (Runnable write :
        List.<Runnable>of(
            () -> cached.addPrograms(List.of(program(2, new Random(2))), List.of()),
            () -> cached.removeProgram(first.id()),
            () -> cached.beginUnload(first.id()),
            () -> cached.beginAttach(first.id(), SPECS.getFirst(), Map.of(), null))) {
      BpfmanException refused = assertThrows(BpfmanException.class, write::run);
      assertEquals(FailureCode.STORE_FAILED, refused.failure().code());
    }
    assertEquals(List.of(first), cached.programs(Map.of()));
    assertEquals(List.of(), cached.links());
    assertEquals(List.of(), cached.unloading());
    assertEquals(List.of("shared"), cached.sharedMapsOf(first.id()));
  }

  @Test
  void readsDoNotWaitForAWriteAndSeeNothingOfItYet() throws Exception {
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    try (ProgramStore durable = SqliteProgramStore.open(directory.resolve("store"));
        ExecutorService writer = Executors.newSingleThreadExecutor()) {
      ProgramStore cached = new CachedStore(slow(durable, began, mayEnd));
      ProgramRecord added = program(1, new Random(1));
      Future<?> write = writer.submit(() -> cached.addPrograms(List.of(added), List.of()));
      began.await();
      assertEquals(Optional.empty(), cached.program(added.id()));
      mayEnd.countDown();
      write.get();
      assertEquals(Optional.of(added), cached.program(added.id()));
    }
  }

  private static ProgramStore slow(
      ProgramStore durable, CountDownLatch began, CountDownLatch mayEnd) {
    return (ProgramStore)
        Proxy.newProxyInstance(
            ProgramStore.class.getClassLoader(),
            new Class<?>[] {ProgramStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("addPrograms")) {
                began.countDown();
                mayEnd.await();
              }
              return method.invoke(durable, arguments);
            });
  }

  private static void change(ProgramStore store, Random random) {
    ProgramId id = new ProgramId(1 + random.nextInt(PROGRAMS));
    LinkId link = new LinkId(1 + random.nextInt(LINKS));
    switch (random.nextInt(13)) {
      case 0, 1 ->
          store.addPrograms(added(random), random.nextBoolean() ? List.of() : maps(random));
      case 2 -> store.removeProgram(id);
      case 3 -> store.beginUnload(id);
      case 4, 5 -> {
        AttachSpec spec = SPECS.get(random.nextInt(SPECS.size()));
        store.program(id).ifPresent(known -> store.beginAttach(id, spec, metadata(random), null));
      }
      case 6 ->
          store
              .link(link)
              .ifPresent(
                  known ->
                      store.updateLink(
                          random.nextBoolean()
                              ? known.attached(9, placement(random))
                              : known.detaching()));
      case 7 -> store.putDispatcher(dispatcher(random), store.link(link).stream().toList());
      case 8 -> store.removeDispatcher(key(random), store.link(link).stream().toList());
      case 9 -> store.beginReplace(List.of(id, new ProgramId(PROGRAMS)));
      case 10 -> store.abandonReplace(List.of(id));
      case 11 -> store.finishReplace(succession(store, id, random));
      default -> store.removeLink(link);
    }
  }

  /** Some of the links of a program go to another one. */
  private static Succession succession(ProgramStore store, ProgramId old, Random random) {
    long heir = 1 + old.value() % PROGRAMS;
    List<LinkRecord> moved =
        store.linksOf(old).stream()
            .filter(link -> random.nextBoolean())
            .map(link -> link.movedTo(new ProgramId(heir)).attached(9, placement(random)))
            .toList();
    return new Succession(
        List.of(old),
        List.of(program(heir, random)),
        maps(random),
        random.nextBoolean() ? List.of() : List.of(dispatcher(random)),
        moved);
  }

  private static Placement placement(Random random) {
    return new Placement(hook(random), random.nextInt(3) - 1, 5);
  }

  private static HookId hook(Random random) {
    return new HookId(4026531840L, 1 + random.nextInt(2));
  }

  private static ChainKey key(Random random) {
    ChainType type = random.nextBoolean() ? ChainType.XDP : ChainType.TC_EGRESS;
    return new ChainKey(type, hook(random));
  }

  private static DispatcherRecord dispatcher(Random random) {
    NetworkHook where = new NetworkHook("eth1", random.nextBoolean() ? null : "/run/netns/a");
    return new DispatcherRecord(key(random), where, 1 + random.nextInt(9), 77, random.nextInt(9));
  }

  private static List<ProgramRecord> added(Random random) {
    int first = 1 + random.nextInt(PROGRAMS);
    List<ProgramRecord> added = new ArrayList<>(List.of(program(first, random)));
    if (random.nextBoolean()) {
      added.add(program(1 + first % PROGRAMS, random));
    }
    return added;
  }

  private static List<String> maps(Random random) {
    return random.nextBoolean() ? List.of("b", "a") : List.of("c", "c");
  }

  private static Map<String, String> metadata(Random random) {
    return random.nextBoolean() ? Map.of() : Map.of("app", "a", "n", "" + random.nextInt(2));
  }

  private static ProgramRecord program(long id, Random random) {
    boolean ownMaps = random.nextBoolean();
    return new ProgramRecord(
        new ProgramId(id),
        new ProgramSpec("count", ProgramType.XDP),
        new Bytecode.File("/objects/" + random.nextInt(3) + ".o"),
        random.nextBoolean() ? Map.of() : Map.of("limit", Bytes.of((byte) 1)),
        metadata(random),
        "0123456789abcdef",
        new ProgramId(ownMaps ? id : 1),
        ownMaps ? null : new ProgramId(1),
        NOW);
  }

  private static void assertSame(ProgramStore durable, ProgramStore cached) {
    assertEquals(durable.programs(Map.of()), cached.programs(Map.of()));
    assertEquals(durable.programs(Map.of("n", "1")), cached.programs(Map.of("n", "1")));
    assertEquals(durable.links(), cached.links());
    assertEquals(durable.unloading(), cached.unloading());
    assertEquals(durable.replacing(), cached.replacing());
    assertEquals(Set.copyOf(durable.dispatchers()), Set.copyOf(cached.dispatchers()));
    durable
        .dispatchers()
        .forEach(
            dispatcher ->
                assertEquals(Optional.of(dispatcher), cached.dispatcher(dispatcher.key())));
    for (int index = 1; index <= 2; index++) {
      HookId hook = new HookId(4026531840L, index);
      assertEquals(durable.linksAt(hook), cached.linksAt(hook));
    }
    List<String> names = List.of("a", "b", "c");
    assertEquals(durable.unusedSharedMaps(names), cached.unusedSharedMaps(names));
    for (long value = 1; value <= PROGRAMS; value++) {
      ProgramId id = new ProgramId(value);
      assertEquals(durable.program(id), cached.program(id));
      assertEquals(durable.mapSetUsers(id), cached.mapSetUsers(id));
      assertEquals(durable.linksOf(id), cached.linksOf(id));
      assertEquals(durable.sharedMapsOf(id), cached.sharedMapsOf(id));
    }
    for (long value = 1; value <= LINKS; value++) {
      assertEquals(durable.link(new LinkId(value)), cached.link(new LinkId(value)));
    }
  }
}
