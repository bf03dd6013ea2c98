package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.proto.v1.AttachInfo;
import io.bpfman.proto.v1.BpfmanProgramType;
import io.bpfman.proto.v1.ListRequest;
import io.bpfman.proto.v1.TCAttachInfo;
import io.bpfman.proto.v1.TCXAttachInfo;
import io.bpfman.proto.v1.XDPAttachInfo;
import io.bpfman.proto.x.v1.Link;
import io.bpfman.proto.x.v1.LinkHealth;
import io.bpfman.proto.x.v1.ListLinksRequest;
import io.bpfman.proto.x.v1.ListLinksResponse;
import io.bpfman.testkit.Commands;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Operations, renames, removals and kills in random order; after each of them kernel, store and
 * answers are compared. {@code -Dchurn.seconds} says how long (30), {@code -Dchurn.seed} repeats.
 */
@Tag("kernel")
class ChurnIT {
  private static final int SECONDS = Integer.getInteger("churn.seconds", 30);
  private static final int FEW = 6;
  private static final ListRequest OURS =
      ListRequest.newBuilder().setBpfmanProgramsOnly(true).build();

  /** To look at everything takes seconds on a busy machine. */
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final long seed = Long.getLong("churn.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Map<Integer, BpfmanProgramType> programs = new TreeMap<>();
  private final Map<Integer, Place> links = new TreeMap<>();
  private final List<ChurnSpace> spaces = new ArrayList<>();
  private final List<String> done = new ArrayList<>();

  @TempDir Path directory;
  private DaemonFixture fixture;
  private int names;

  /** Where a link was put. */
  private record Place(ChurnSpace space, int index, int program, BpfmanProgramType type) {}

  /** An operation of the test; what cannot be done now is left out. */
  private interface Turn {
    void run() throws Exception;
  }

  @BeforeEach
  void startDaemon() throws Exception {
    fixture = DaemonFixture.inOwnNamespace(directory);
    addSpace();
  }

  @AfterEach
  void stopDaemon() throws Exception {
    for (ChurnSpace space : spaces) {
      space.close();
    }
    fixture.close();
  }

  @Test
  void kernelStoreAndAnswersAgreeWhateverHappens() throws Exception {
    System.out.printf("churn: seed %d, %d s%n", seed, SECONDS);
    List<Turn> turns =
        List.of(
            this::load,
            this::attach,
            this::attach,
            this::attach,
            this::detach,
            this::unload,
            this::rename,
            this::rename,
            this::replaceInterface,
            this::loseNamespace,
            this::restart);
    long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    while (System.nanoTime() < end) {
      turns.get(random.nextInt(turns.size())).run();
      String history = "seed " + seed + ": " + String.join(", ", done);
      Awaitility.await(history).atMost(LIMIT).untilAsserted(() -> verify(history));
    }
    System.out.printf("churn: %d turns%n", done.size());
    assertTrue(done.size() > FEW, done::toString);
  }

  private void addSpace() throws Exception {
    ChurnSpace space = ChurnSpace.create("bpfc" + ProcessHandle.current().pid() + "x" + names++);
    spaces.add(space);
    for (int i = 0; i < 3; i++) {
      space.addInterface("c" + names++);
    }
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private void load() {
    if (programs.size() < FEW) {
      BpfmanProgramType type =
          any(List.of(BpfmanProgramType.XDP, BpfmanProgramType.TC, BpfmanProgramType.TCX));
      String function = type == BpfmanProgramType.XDP ? "count_xdp" : "count_tc";
      int id = DaemonFixture.id(fixture.client().load(fixture.object, function, type));
      programs.put(id, type);
      done.add("load " + id + " " + type);
    }
  }

  /** Never a second one on a hook: many kernels have no dispatchers. */
  private void attach() {
    List<ChurnSpace> named = spaces.stream().filter(ChurnSpace::isNamed).toList();
    if (programs.isEmpty() || named.isEmpty()) {
      return;
    }
    int program = any(List.copyOf(programs.keySet()));
    ChurnSpace space = any(named);
    Map.Entry<Integer, String> device = any(List.copyOf(space.interfaces().entrySet()));
    Place place = new Place(space, device.getKey(), program, programs.get(program));
    if (links.values().stream().noneMatch(other -> clash(other, place))) {
      int link = fixture.client().attach(program, info(place, device.getValue()));
      links.put(link, place);
      done.add("attach " + link + " of " + program + " to " + device);
    }
  }

  private static boolean clash(Place one, Place other) {
    boolean sameHook =
        one.space() == other.space() && one.index() == other.index() && one.type() == other.type();
    return sameHook && (one.type() != BpfmanProgramType.TCX || one.program() == other.program());
  }

  private static AttachInfo.Builder info(Place place, String device) {
    String netns = place.space().path().toString();
    AttachInfo.Builder info = AttachInfo.newBuilder();
    return switch (place.type()) {
      case XDP ->
          info.setXdpAttachInfo(
              XDPAttachInfo.newBuilder().setIface(device).setNetns(netns).setPriority(50));
      case TC ->
          info.setTcAttachInfo(
              TCAttachInfo.newBuilder()
                  .setIface(device)
                  .setNetns(netns)
                  .setDirection("ingress")
                  .setPriority(50));
      default ->
          info.setTcxAttachInfo(
              TCXAttachInfo.newBuilder()
                  .setIface(device)
                  .setNetns(netns)
                  .setDirection("ingress")
                  .setPriority(50));
    };
  }

  private void detach() {
    if (!links.isEmpty()) {
      int link = any(List.copyOf(links.keySet()));
      fixture.client().detach(link);
      links.remove(link);
      done.add("detach " + link);
    }
  }

  private void unload() {
    if (programs.size() > 1) {
      int program = any(List.copyOf(programs.keySet()));
      fixture.client().unload(program);
      programs.remove(program);
      links.values().removeIf(place -> place.program() == program);
      done.add("unload " + program);
    }
  }

  private void rename() {
    ChurnSpace space = any(spaces);
    String device = any(List.copyOf(space.interfaces().values()));
    String now = "c" + names++;
    space.rename(device, now);
    done.add("rename " + device + " to " + now);
    if (random.nextBoolean()) {
      space.addInterface(device);
      done.add("add " + device);
    }
  }

  /** Links that were on it are lost, and may be told to go in any state. */
  private void replaceInterface() throws Exception {
    ChurnSpace space = any(spaces);
    Map.Entry<Integer, String> device = any(List.copyOf(space.interfaces().entrySet()));
    space.exec("ip", "link", "del", device.getValue());
    done.add("delete " + device);
    List<Integer> lost =
        links.entrySet().stream()
            .filter(link -> link.getValue().space() == space)
            .filter(link -> link.getValue().index() == device.getKey())
            .map(Map.Entry::getKey)
            .toList();
    if (random.nextInt(4) == 0) {
      restart();
    }
    lost.forEach(fixture.client()::detach);
    links.keySet().removeAll(lost);
    space.addInterface(device.getValue());
  }

  private void loseNamespace() throws Exception {
    ChurnSpace space = any(spaces);
    if (space.isNamed() && spaces.size() < 3) {
      space.loseName();
      done.add("lose " + space.path());
      addSpace();
    } else if (!space.isNamed()) {
      List<Integer> there =
          links.entrySet().stream()
              .filter(link -> link.getValue().space() == space)
              .map(Map.Entry::getKey)
              .toList();
      spaces.remove(space);
      space.close();
      there.forEach(fixture.client()::detach);
      links.keySet().removeAll(there);
      done.add("end " + space.path());
    }
  }

  private void restart() throws Exception {
    fixture.daemon.kill();
    fixture.daemon.startBehind(List.of("nsenter", "--net=" + fixture.own.path()));
    done.add("restart");
  }

  private void verify(String history) {
    Map<Integer, Link> answers = new TreeMap<>();
    fixture
        .client()
        .callExtension(
            "ListLinks",
            ListLinksRequest.getDefaultInstance(),
            ListLinksResponse.getDefaultInstance())
        .getLinksList()
        .forEach(link -> answers.put(link.getId(), link));
    assertEquals(links.keySet(), answers.keySet(), history);
    links.forEach((id, place) -> verify(answers.get(id), place, history));
    for (ChurnSpace space : spaces) {
      assertEquals(expectedFilters(space), space.filters(), history);
      assertEquals(expectedXdp(space), space.xdp(), history);
    }
    Set<Integer> ids =
        fixture.client().list(OURS).getResultsList().stream()
            .map(result -> result.getKernelInfo().getId())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(programs.keySet(), ids, history);
    assertEquals(expectedLinks(answers), kernelLinks(), history);
    assertEquals(List.of(), fixture.client().doctor(false), history);
  }

  private static void verify(Link answer, Place place, String history) {
    String now = place.space().interfaces().getOrDefault(place.index(), "nothing");
    String asked = asked(answer);
    boolean same = now.equals(asked) && place.space().isNamed();
    assertEquals(
        same ? LinkHealth.LINK_HEALTH_ATTACHED : LinkHealth.LINK_HEALTH_OUTDATED,
        answer.getHealth(),
        () -> answer + history);
    assertEquals(now.equals(asked) ? "" : now, answer.getInterfaceNow(), history);
  }

  private static String asked(Link link) {
    return switch (link.getAttach().getInfoCase()) {
      case XDP_ATTACH_INFO -> link.getAttach().getXdpAttachInfo().getIface();
      case TC_ATTACH_INFO -> link.getAttach().getTcAttachInfo().getIface();
      default -> link.getAttach().getTcxAttachInfo().getIface();
    };
  }

  private Map<Integer, List<Integer>> expectedFilters(ChurnSpace space) {
    Map<Integer, List<Integer>> expected = new TreeMap<>();
    links.values().stream()
        .filter(place -> place.space() == space && place.type() == BpfmanProgramType.TC)
        .forEach(place -> expected.put(place.index(), List.of(place.program())));
    return expected;
  }

  private Map<Integer, Integer> expectedXdp(ChurnSpace space) {
    Map<Integer, Integer> expected = new TreeMap<>();
    links.values().stream()
        .filter(place -> place.space() == space && place.type() == BpfmanProgramType.XDP)
        .forEach(place -> expected.put(place.index(), place.program()));
    return expected;
  }

  private Set<Integer> expectedLinks(Map<Integer, Link> answers) {
    return links.entrySet().stream()
        .filter(link -> link.getValue().type() != BpfmanProgramType.TC)
        .map(link -> answers.get(link.getKey()).getKernelLinkId())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Ids of links that run our programs. */
  private Set<Integer> kernelLinks() {
    Set<Integer> found = new TreeSet<>();
    for (Object row : new JsonArray(Commands.run("bpftool", "-j", "link", "show"))) {
      JsonObject link = (JsonObject) row;
      if (programs.containsKey(link.getInteger("prog_id", 0))) {
        found.add(link.getInteger("id"));
      }
    }
    return found;
  }
}
