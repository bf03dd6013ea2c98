package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bpfman.loader.adapter.sqlite.SqliteProgramStore;
import io.bpfman.loader.core.LinkView;
import io.bpfman.loader.core.LoaderCore;
import io.bpfman.loader.port.ProgramStore;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.ChainType;
import io.bpfman.model.LinkHealth;
import io.bpfman.model.LinkId;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProgramId;
import io.bpfman.model.TcAction;
import io.bpfman.model.XdpAction;
import io.bpfman.testkit.Commands;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Ends a loader before each call that changes something, and after the last, of every operation on
 * a chain; then a new one must find every member that was attached, in order, and nothing else.
 */
@Tag("vm")
class ChainCrashVmIT extends WithChainLab {
  private final List<String> problems = new ArrayList<>();
  private ChainType type;
  private List<LinkRecord> survivors = List.of();

  /** What is done to a chain of programs 1, 2 ... in this order; answers nothing. */
  private enum Operation {
    ATTACH_THE_SECOND(
        1, (test, core) -> core.links().attach(test.load(core), test.at(0), Map.of())),
    ATTACH_THE_FOURTH(
        3, (test, core) -> core.links().attach(test.load(core), test.at(2), Map.of())),
    ATTACH_ALONE_WITH_A_DISPATCHER(
        0, (test, core) -> core.links().attach(test.load(core), test.proceedingOnDrop(), Map.of())),
    DETACH_ONE_OF_TWO(2, (test, core) -> core.links().detach(test.first().id())),
    DETACH_ONE_OF_THREE(3, (test, core) -> core.links().detach(test.first().id())),
    REPLACE_ALONE(1, (test, core) -> test.replaceFirst(core)),
    REPLACE_ONE_OF_THREE(3, (test, core) -> test.replaceFirst(core)),
    UNLOAD_ONE_OF_TWO(2, (test, core) -> core.programs().unload(test.first().program()));

    private final int members;
    private final Act act;

    Operation(int members, Act act) {
      this.members = members;
      this.act = act;
    }
  }

  @FunctionalInterface
  private interface Act {
    void run(ChainCrashVmIT test, LoaderCore core);
  }

  @Test
  void noCallOfAnOperationOnAnXdpChainIsABadMomentToDie() {
    killEach(ChainType.XDP, EnumSet.allOf(Operation.class));
  }

  /** What differs from XDP: how a chain begins and ends. */
  @Test
  void noCallOfAnOperationOnATcChainIsABadMomentToDie() {
    killEach(
        ChainType.TC_INGRESS,
        EnumSet.of(
            Operation.ATTACH_THE_SECOND,
            Operation.DETACH_ONE_OF_TWO,
            Operation.REPLACE_ONE_OF_THREE));
  }

  private void killEach(ChainType chain, Set<Operation> operations) {
    type = chain;
    int points = 0;
    for (Operation operation : operations) {
      int calls = run(operation, 0);
      check(operation + " unharmed");
      for (int call = 1; call <= calls; call++) {
        run(operation, call);
        check("%s killed at %d of %d".formatted(operation, call, calls));
        points++;
      }
    }
    System.out.printf(
        "crash test, chains on %s: %d operations killed at %d points, %d problems%n",
        chain.wireName(), operations.size(), points, problems.size());
    assertEquals("", String.join("\n", problems));
  }

  /** Prepares, operates and dies; answers the number of calls. */
  private int run(Operation operation, int fatal) {
    for (int member = 1; member <= operation.members; member++) {
      lab.attach(lab.load(type, member, passing()), at(member));
    }
    survivors = lab.links().stream().map(LinkView::record).toList();
    lab.stop();
    RuntimeLayout layout = new RuntimeLayout(lab.runtimeDir());
    FaultPoints faults = FaultPoints.inThisProcess(fatal);
    try (InstanceLock lock = InstanceLock.take(layout.lock(), Duration.ofSeconds(1));
        ProgramStore store = SqliteProgramStore.open(layout.store())) {
      operation.act.run(this, CrashChildMain.core(layout, faults, store));
      faults.pass();
    } catch (FaultPoints.Death asPlanned) {
      return faults.calls();
    }
    return faults.calls();
  }

  private LinkRecord first() {
    return survivors.getFirst();
  }

  private AttachSpec at(int priority) {
    return lab.spec(type, 10 * priority + 5);
  }

  private AttachSpec proceedingOnDrop() {
    return type == ChainType.XDP
        ? lab.xdp(5, Set.of(XdpAction.DROP))
        : lab.tc(type, 5, Set.of(TcAction.SHOT));
  }

  private void replaceFirst(LoaderCore core) {
    lab.replace(core, first().program(), type, 8, passing());
  }

  private int passing() {
    return type == ChainType.XDP ? XdpAction.PASS.code() : TcAction.PIPE.code();
  }

  private ProgramId load(LoaderCore core) {
    return lab.load(core, type, 9, passing());
  }

  /** Starts a new loader, compares everything, and clears the hook for the next operation. */
  private void check(String moment) {
    List<String> repairs = lab.restart();
    List<LinkView> links = lab.links();
    compare(moment, "health", List.of(), unwell(links));
    long kept =
        survivors.stream().filter(link -> links.stream().anyMatch(l -> isSame(l, link))).count();
    boolean mayLoseFirst = !moment.startsWith("ATTACH");
    if (moment.startsWith("REPLACE")) {
      compare(moment, "links", ids(survivors), ids(links.stream().map(LinkView::record).toList()));
    }
    if (kept < survivors.size() - (mayLoseFirst ? 1 : 0)) {
      problems.add(
          "%s: LOSS, %d of %d are left %s".formatted(moment, kept, survivors.size(), repairs));
    }
    compare(moment, "pins", expectedPins(links), actualPins());
    compare(moment, "dispatchers", dispatchers(links), living("_dispatcher", dispatchers(links)));
    compare(moment, "copies", members(links), living("ext", members(links)));
    compare(moment, "drift", List.of(), lab.core().doctor().find());
    if (dispatchers(links) == 1) {
      lab.trace();
      lab.run(type);
      compare(moment, "order", order(links), lab.trace());
    }
    lab.core().inventory().programs(Map.of()).stream()
        .map(view -> view.record().id())
        .forEach(lab.core().programs()::unload);
  }

  private static List<LinkId> ids(List<LinkRecord> links) {
    return links.stream().map(LinkRecord::id).toList();
  }

  private static List<LinkView> unwell(List<LinkView> links) {
    return links.stream().filter(link -> !(link.health() instanceof LinkHealth.Attached)).toList();
  }

  private static boolean isSame(LinkView now, LinkRecord before) {
    LinkRecord link = now.record();
    return link.id().equals(before.id())
        && link.program().equals(before.program())
        && link.metadata().equals(before.metadata())
        && link.createdAt().equals(before.createdAt());
  }

  private List<Integer> order(List<LinkView> links) {
    return links.stream()
        .map(LinkView::record)
        .sorted(Comparator.comparingInt(ChainCrashVmIT::priority))
        .map(link -> lab.core().inventory().program(link.program()).record().metadata())
        .map(metadata -> Integer.valueOf(metadata.get("member")))
        .toList();
  }

  private static int priority(LinkRecord link) {
    return link.spec() instanceof AttachSpec.Network network ? network.priority() : 0;
  }

  private static int dispatchers(List<LinkView> links) {
    return members(links) > 0 ? 1 : 0;
  }

  private static int members(List<LinkView> links) {
    return (int) links.stream().filter(link -> link.record().inChain()).count();
  }

  private Set<String> expectedPins(List<LinkView> links) {
    Set<String> pins = new TreeSet<>();
    links.stream()
        .map(LinkView::record)
        .filter(link -> link.inChain() || type == ChainType.XDP)
        .forEach(link -> pins.add("links/" + link.id()));
    if (dispatchers(links) == 1) {
      pins.add("dispatcher");
      if (type == ChainType.XDP) {
        pins.add("link");
      }
    }
    return pins;
  }

  private Set<String> actualPins() {
    Set<String> pins = new TreeSet<>();
    try (Stream<Path> entries = Files.list(lab.pins().resolve("links"))) {
      entries.forEach(pin -> pins.add("links/" + pin.getFileName()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    lab.pinned(type).stream()
        .filter(path -> !Files.isDirectory(path))
        .map(path -> path.getFileName().toString())
        .map(name -> name.startsWith("dispatcher_") ? "link" : name)
        .forEach(pins::add);
    return pins;
  }

  /** Programs whose name ends so, or that have this type; the kernel frees some a while later. */
  private static int living(String nameEndOrType, int wanted) {
    int found = living(nameEndOrType);
    for (int tries = 0; tries < 20 && found != wanted; tries++) {
      found = living(nameEndOrType);
    }
    return found;
  }

  private static int living(String nameEndOrType) {
    Stream<JsonObject> programs =
        new JsonArray(Commands.run("bpftool", "-j", "prog", "show"))
            .stream().map(JsonObject.class::cast);
    return (int)
        programs
            .filter(
                program ->
                    program.getString("name", "").endsWith(nameEndOrType)
                        || program.getString("type").equals(nameEndOrType))
            .count();
  }

  private void compare(String moment, String what, Object wanted, Object found) {
    if (!wanted.equals(found)) {
      problems.add("%s: %s: expected %s, found %s".formatted(moment, what, wanted, found));
    }
  }
}
