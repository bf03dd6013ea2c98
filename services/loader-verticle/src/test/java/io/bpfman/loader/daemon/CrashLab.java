package io.bpfman.loader.daemon;

import io.bpfman.loader.core.LinkView;
import io.bpfman.loader.core.LoaderCore;
import io.bpfman.loader.core.ProgramView;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.LinkHealth;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramSpec;
import io.bpfman.testkit.BpfCompiler;
import io.bpfman.testkit.Commands;
import io.bpfman.testkit.TestNetns;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A loader's directory with programs and links of every kind that must live through everything, and
 * the comparison of store, pins, kernel and listings.
 */
final class CrashLab implements AutoCloseable {
  private static final String OTHER_DEVICE = "lo";

  private final TestNetns netns = TestNetns.create();
  private final List<String> devices = new ArrayList<>(List.of(OTHER_DEVICE, TestNetns.INTERFACE));
  private final CrashSetting setting;
  private Map<ProgramId, ProgramView> survivingPrograms = Map.of();
  private Map<LinkRecord, String> survivingLinks = Map.of();

  CrashLab(Path directory) {
    setting =
        new CrashSetting(
            directory.resolve("run"),
            compile(directory, "crash", ""),
            compile(directory, "crashs", "#define SHARED\n"),
            netns.path());
  }

  static Path compile(Path directory, String name, String prefix) {
    try (InputStream source = CrashLab.class.getResourceAsStream("/bpf/crash.bpf.c")) {
      String text = new String(source.readAllBytes(), StandardCharsets.UTF_8);
      return BpfCompiler.compile(directory, name, prefix + text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  CrashSetting setting() {
    return setting;
  }

  /** Adds one interface for each caller. */
  void addDevices(int count) {
    for (int number = 0; number < count; number++) {
      String peer = "peer" + CrashCaller.device(number);
      netns.ip("link", "add", CrashCaller.device(number), "type", "veth", "peer", "name", peer);
      netns.ip("link", "set", CrashCaller.device(number), "up");
      devices.add(CrashCaller.device(number));
    }
  }

  /** Loads and attaches what no later crash may touch. */
  void plantSurvivors() {
    try (LoaderInstance instance = open()) {
      LoaderCore core = instance.core();
      attach(core, CrashSetting.XDP, setting.xdp(OTHER_DEVICE));
      attach(core, CrashSetting.TC, setting.tc(OTHER_DEVICE));
      attach(core, CrashSetting.TCX, setting.tcx(50));
      attach(core, CrashSetting.TRACEPOINT, CrashSetting.tracepoint());
      attach(core, CrashSetting.UPROBE, CrashSetting.uprobe());
      survivingPrograms =
          core.inventory().programs(Map.of()).stream()
              .collect(Collectors.toMap(view -> view.record().id(), Function.identity()));
      survivingLinks =
          core.inventory().links(null, Map.of()).stream()
              .collect(Collectors.toMap(LinkView::record, this::footprint));
    }
  }

  private void attach(LoaderCore core, ProgramSpec program, AttachSpec spec) {
    core.links().attach(setting.load(core, program), spec, Map.of("kept", "yes"));
  }

  /** Changes when a link was taken off and attached again: the inode of its pin, or tc's words. */
  private String footprint(LinkView link) {
    try {
      return link.record().spec() instanceof AttachSpec.Tc
          ? netns.exec("tc", "filter", "show", "dev", OTHER_DEVICE, "ingress")
          : Files.getAttribute(link.pin(), "unix:ino").toString();
    } catch (IOException e) {
      return e.toString();
    }
  }

  LoaderInstance open() {
    return LoaderInstance.open(setting.runtimeDir());
  }

  /** Programs, those with global data among them, and links beside the survivors. */
  String size(LoaderCore core) {
    List<ProgramView> programs = core.inventory().programs(Map.of());
    return "%d programs, %d of them with globals, %d links"
        .formatted(
            programs.size() - survivingPrograms.size(),
            programs.stream().filter(view -> !view.record().globalData().isEmpty()).count(),
            core.inventory().links(null, Map.of()).size() - survivingLinks.size());
  }

  void removeAllButSurvivors(LoaderCore core) {
    core.inventory().programs(Map.of()).stream()
        .map(view -> view.record().id())
        .filter(id -> !survivingPrograms.containsKey(id))
        .forEach(core.programs()::unload);
  }

  /** One sentence for each thing that does not agree; empty when all is well. */
  List<String> problems(LoaderCore core) {
    List<String> found = new ArrayList<>();
    List<ProgramView> programs = core.inventory().programs(Map.of());
    List<LinkView> links = core.inventory().links(null, Map.of());
    survivors(programs, links, found);
    links.stream()
        .filter(link -> !(link.health() instanceof LinkHealth.Attached))
        .forEach(link -> found.add("LOSS " + link.record() + " is " + link.health()));
    compare("pins", expectedPins(programs, links), actualPins(), found);
    kernel(programs, links, found);
    return found;
  }

  private void survivors(List<ProgramView> programs, List<LinkView> links, List<String> found) {
    survivingLinks.forEach(
        (record, footprint) -> {
          List<String> now =
              links.stream()
                  .filter(link -> link.record().equals(record))
                  .map(this::footprint)
                  .toList();
          compare("LOSS of link " + record.id(), List.of(footprint), now, found);
        });
    List<ProgramId> present = programs.stream().map(view -> view.record().id()).toList();
    survivingPrograms.keySet().stream()
        .filter(id -> !present.contains(id))
        .forEach(id -> found.add("LOSS of program " + id));
  }

  private static Set<String> expectedPins(List<ProgramView> programs, List<LinkView> links) {
    Set<String> pins = new TreeSet<>();
    for (ProgramView program : programs) {
      boolean shared = program.record().spec().name().startsWith("crash_shared");
      pins.add("prog_" + program.record().id());
      pins.add(
          "maps/%s/%s"
              .formatted(program.record().mapSet(), shared ? "crash_common" : "crash_hits"));
      if (shared) {
        pins.add("shared/crash_common");
      }
    }
    links.stream()
        .filter(link -> !(link.record().spec() instanceof AttachSpec.Tc))
        .forEach(link -> pins.add("links/" + link.record().id()));
    return pins;
  }

  private Set<String> actualPins() {
    Path root = setting.runtimeDir().resolve("fs");
    try (Stream<Path> tree = Files.walk(root)) {
      return tree.filter(file -> isPin(root, file))
          .map(pin -> root.relativize(pin).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Also an empty directory of a map set is something left over. */
  private static boolean isPin(Path root, Path file) {
    return Files.isDirectory(file)
        ? file.getParent().equals(root.resolve("maps")) && file.toFile().list().length == 0
        : !file.toString().endsWith(".debug");
  }

  /** The kernel frees programs and maps some milliseconds after their last reference went. */
  private void kernel(List<ProgramView> programs, List<LinkView> links, List<String> found) {
    long filters =
        links.stream().filter(link -> link.record().spec() instanceof AttachSpec.Tc).count();
    CrashKernelFacts expected =
        new CrashKernelFacts(
            programs.stream()
                .map(view -> view.kernel().id().value())
                .collect(Collectors.toCollection(TreeSet::new)),
            links.stream()
                .map(link -> link.record().kernelLinkId())
                .filter(id -> id != 0)
                .collect(Collectors.toCollection(TreeSet::new)),
            programs.stream()
                .flatMap(view -> view.kernel().mapIds().stream())
                .collect(Collectors.toCollection(TreeSet::new)),
            filters);
    CrashKernelFacts actual = facts();
    for (int tries = 0; tries < 100 && !actual.equals(expected); tries++) {
      actual = facts();
    }
    compare("kernel", expected, actual, found);
  }

  private CrashKernelFacts facts() {
    return CrashKernelFacts.read(netns.path(), devices);
  }

  private static void compare(String what, Object expected, Object actual, List<String> found) {
    if (!expected.equals(actual)) {
      found.add("%s: expected %s, found %s".formatted(what, expected, actual));
    }
  }

  @Override
  public void close() {
    Commands.tryRun("umount", setting.runtimeDir().resolve("fs").toString());
    netns.close();
  }
}
