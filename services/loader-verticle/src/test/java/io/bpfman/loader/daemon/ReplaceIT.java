package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.loader.core.LinkView;
import io.bpfman.loader.core.ProgramView;
import io.bpfman.loader.core.ReplaceSpec;
import io.bpfman.loader.core.ReplaceView;
import io.bpfman.loader.core.ReplaceView.MapChange;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.bpfman.model.LinkHealth;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.LoadSpec;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramSpec;
import io.bpfman.testkit.Commands;
import io.bpfman.testkit.TestNetns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** New versions in the place of programs that run. */
@Tag("kernel")
class ReplaceIT {
  private static final int PASS = 2;

  @TempDir private Path directory;
  private ReplaceLab lab;

  @BeforeEach
  void open() {
    lab = new ReplaceLab(directory);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  static List<ProgramSpec> everyKind() {
    return List.of(
        ReplaceLab.XDP, ReplaceLab.TC, ReplaceLab.TCX, ReplaceLab.TRACEPOINT, ReplaceLab.UPROBE);
  }

  /** A verdict after which the packet goes on. */
  private static int passing(ProgramSpec program) {
    return program.equals(ReplaceLab.XDP) ? PASS : -1;
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void linksAndMapsLiveOnAndTheOldProgramGoes(ProgramSpec program) {
    ProgramId old = lab.load(lab.version(1, passing(program), "", program)).getFirst();
    LinkRecord link = lab.attach(old, lab.spec(program));
    run();
    long first = lab.hits(old, 1);
    assertTrue(first > 0, "the first version did not run");

    ReplaceView view = lab.replace(List.of(old), lab.version(2, passing(program), "", program));

    ProgramId now = view.loaded().getFirst().record().id();
    assertNotEquals(old, now);
    assertEquals(
        List.of(new ReplaceView.Change(program.name(), old, now, List.of(link.id()), List.of())),
        view.changes());
    assertEquals(List.of(new MapChange("extra", ""), new MapChange("hits", "")), view.maps());
    assertEquals(List.of(), view.warnings());
    run();
    assertEquals(first, lab.hits(now, 1));
    assertTrue(lab.hits(now, 2) > 0, "the second version did not run");
    LinkRecord moved = onlyLink();
    assertEquals(now, moved.program());
    assertEquals(
        List.of(link.id(), link.metadata(), link.createdAt(), link.spec()),
        List.of(moved.id(), moved.metadata(), moved.createdAt(), moved.spec()));
    assertEquals(List.of(now), programs());
    assertNothingLeftOf(old);
    assertEquals(List.of(), lab.restart());
    lab.core().links().detach(link.id());
    lab.core().programs().unload(now);
    assertEquals(Set.of(), pins());
  }

  private void run() {
    lab.netns().ping(3);
    Commands.run("perl", "-e", "getpgrp($$)");
  }

  private LinkRecord onlyLink() {
    LinkView link = lab.links().getFirst();
    assertEquals(1, lab.links().size());
    assertEquals(new LinkHealth.Attached(), link.health());
    return link.record();
  }

  private List<ProgramId> programs() {
    return lab.programs().stream().map(view -> view.record().id()).toList();
  }

  private void assertNothingLeftOf(ProgramId old) {
    assertTrue(pins().stream().noneMatch(pin -> pin.contains("/" + old + "/")), pins()::toString);
    assertTrue(!pins().contains("prog_" + old), pins()::toString);
    assertTrue(Files.notExists(lab.runtimeDir().resolve("programs").resolve(old.toString())));
    assertEquals(List.of(), lab.core().doctor().find());
  }

  private Set<String> pins() {
    Path root = lab.runtimeDir().resolve("fs");
    try (Stream<Path> tree = Files.walk(root)) {
      return tree.filter(file -> !Files.isDirectory(file) && !file.toString().endsWith(".debug"))
          .map(pin -> root.relativize(pin).toString())
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({"WIDE,value size", "LONGER,number of entries", "FLAGS,flags"})
  void aMapOfAnotherLayoutBeginsAnewAndIsNamedAndTheOthersGoOn(String variant, String difference) {
    ProgramId old = lab.load(lab.version(1, PASS, "", ReplaceLab.XDP)).getFirst();
    lab.attach(old, lab.spec(ReplaceLab.XDP));
    run();
    long counted = lab.hits(old, 1);
    ReplaceView view = lab.replace(List.of(old), lab.version(2, PASS, variant, ReplaceLab.XDP));
    MapChange extra = view.maps().getFirst();
    assertEquals("extra", extra.name());
    assertTrue(extra.misfit().contains(difference), extra::misfit);
    assertEquals(new MapChange("hits", ""), view.maps().getLast());
    assertEquals(counted, lab.hits(programs().getFirst(), 1));
  }

  @Test
  void aVersionThatTheVerifierRejectsLeavesTheOldOneRunning() {
    ProgramId old = lab.load(lab.version(1, PASS, "", ReplaceLab.XDP)).getFirst();
    LinkRecord link = lab.attach(old, lab.spec(ReplaceLab.XDP));
    Set<String> before = pins();
    LoadSpec broken = lab.version(2, PASS, "BROKEN", ReplaceLab.XDP);
    Failure failure = failure(() -> lab.replace(List.of(old), broken));
    assertEquals(FailureCode.VERIFIER_REJECTED, failure.code());
    assertTrue(failure.message().contains("program " + old + " runs on"), failure::describe);
    assertTrue(failure.log().contains("R"), failure::log);
    assertUntouched(before, List.of(link));
  }

  private void assertUntouched(Set<String> pins, List<LinkRecord> links) {
    assertEquals(pins, pins());
    assertEquals(links, lab.links().stream().map(LinkView::record).toList());
    lab.links().forEach(link -> assertEquals(new LinkHealth.Attached(), link.health()));
    assertEquals(List.of(), lab.core().doctor().find());
    assertEquals(List.of(), lab.restart());
  }

  private static Failure failure(Executable call) {
    return assertThrows(BpfmanException.class, call).failure();
  }

  /** The links before it had moved by then. */
  @Test
  void aLinkThatCannotMoveTakesAllOthersBack() throws Exception {
    Path target = directory.resolve("libgone.so");
    Path libc = Path.of("/lib/x86_64-linux-gnu/libc.so.6");
    Files.copy(libc, target, StandardCopyOption.REPLACE_EXISTING);
    List<ProgramSpec> kinds =
        List.of(ReplaceLab.XDP, ReplaceLab.TC, ReplaceLab.TRACEPOINT, ReplaceLab.UPROBE);
    List<ProgramId> old = lab.load(lab.version(1, PASS, "", kinds.toArray(ProgramSpec[]::new)));
    for (int i = 0; i < 3; i++) {
      lab.attach(old.get(i), lab.spec(kinds.get(i)));
    }
    String function = "gnu_get_libc_version";
    lab.attach(old.get(3), new AttachSpec.Uprobe(target.toString(), function, 0, null, null));
    Set<String> before = pins();
    List<LinkRecord> links = lab.links().stream().map(LinkView::record).toList();
    Path aside = Files.move(target, directory.resolve("aside.so"));

    LoadSpec next = lab.version(2, PASS, "", kinds.toArray(ProgramSpec[]::new));
    Failure failure = failure(() -> lab.replace(old, next));
    Files.move(aside, target);

    assertEquals(FailureCode.TARGET_NOT_FOUND, failure.code());
    assertTrue(failure.message().contains("run on"), failure::describe);
    assertUntouched(before, links);
  }

  @Test
  void programsMayComeAndGo() {
    List<ProgramId> old = lab.load(lab.version(1, PASS, "", ReplaceLab.XDP, ReplaceLab.TRACEPOINT));
    LinkRecord stays = lab.attach(old.get(0), lab.spec(ReplaceLab.XDP));
    lab.attach(old.get(1), lab.spec(ReplaceLab.TRACEPOINT));
    ReplaceView view =
        lab.replace(old, lab.version(2, PASS, "", ReplaceLab.UPROBE, ReplaceLab.XDP));
    List<ProgramId> now = view.loaded().stream().map(p -> p.record().id()).toList();
    assertEquals(
        List.of(
            new ReplaceView.Change("rep_up", null, now.get(0), List.of(), List.of()),
            new ReplaceView.Change(
                "rep_xdp", old.get(0), now.get(1), List.of(stays.id()), List.of()),
            new ReplaceView.Change("rep_tp", old.get(1), null, List.of(), List.of())),
        view.changes());
    assertEquals(stays.id(), onlyLink().id());
    assertEquals(Set.copyOf(now), Set.copyOf(programs()));
    assertEquals(List.of(), lab.core().doctor().find());
  }

  @Test
  void metadataNamesTheProgramsAsWell() {
    lab.load(lab.version(1, PASS, "", ReplaceLab.XDP, ReplaceLab.UPROBE));
    LoadSpec next = lab.version(2, PASS, "", ReplaceLab.XDP, ReplaceLab.UPROBE);
    ReplaceView view =
        lab.core().replacement().replace(new ReplaceSpec(List.of(), ReplaceLab.TAGS, next));
    assertEquals(view.loaded().stream().map(p -> p.record().id()).toList(), programs());
  }

  @Test
  void aRequestThatIsUnclearOrMeansNobodyIsRefusedBeforeAnythingIsDone() {
    ProgramId old = lab.load(lab.version(1, PASS, "", ReplaceLab.XDP)).getFirst();
    ProgramId twin = lab.load(lab.version(1, PASS, "", ReplaceLab.XDP)).getFirst();
    lab.attach(old, lab.spec(ReplaceLab.XDP));
    LoadSpec next = lab.version(2, PASS, "", ReplaceLab.XDP);
    LoadSpec other = lab.version(2, PASS, "", new ProgramSpec("rep_nil", ReplaceLab.XDP.type()));
    Map<ReplaceSpec, FailureCode> refused =
        Map.of(
            new ReplaceSpec(List.of(), Map.of(), next), FailureCode.INVALID_REQUEST,
            new ReplaceSpec(List.of(old), ReplaceLab.TAGS, next), FailureCode.INVALID_REQUEST,
            new ReplaceSpec(List.of(old, twin), Map.of(), next), FailureCode.INVALID_REQUEST,
            new ReplaceSpec(List.of(new ProgramId(4_000_000_000L)), Map.of(), next),
                FailureCode.PROGRAM_NOT_FOUND,
            new ReplaceSpec(List.of(), Map.of("no", "body"), next), FailureCode.PROGRAM_NOT_FOUND,
            new ReplaceSpec(List.of(old), Map.of(), other), FailureCode.FUNCTION_NOT_FOUND);
    refused.forEach(
        (spec, code) ->
            assertEquals(code, failure(() -> lab.core().replacement().replace(spec)).code()));
    assertEquals(List.of(old, twin), programs());
    assertEquals(old, onlyLink().program());
  }

  @Test
  void aProgramThatDoesNotFitTheLinkIsRefused() {
    ProgramId old = lab.load(lab.version(1, -1, "", ReplaceLab.TC)).getFirst();
    LinkRecord link = lab.attach(old, lab.spec(ReplaceLab.TC));
    Failure failure =
        failure(() -> lab.replace(List.of(old), lab.version(2, -1, "", ReplaceLab.TCX)));
    assertEquals(FailureCode.ATTACH_KIND_MISMATCH, failure.code());
    assertEquals(link, onlyLink());
  }

  @Test
  void aLinkWhoseInterfaceIsGoneChangesHandsAndComesBackWithTheNewProgram() {
    ProgramId old = lab.load(lab.version(1, PASS, "", ReplaceLab.XDP)).getFirst();
    LinkRecord link = lab.attach(old, lab.spec(ReplaceLab.XDP));
    lab.netns().removeVeth();
    ReplaceView view = lab.replace(List.of(old), lab.version(2, PASS, "", ReplaceLab.XDP));
    assertEquals(List.of(link.id()), view.changes().getFirst().lost());
    assertNotEquals(new LinkHealth.Attached(), lab.links().getFirst().health());
    lab.netns().addVeth();
    assertEquals(1, lab.restart().size());
    assertEquals(view.loaded().getFirst().record().id(), onlyLink().program());
  }

  @Test
  void usersOfAnOwnersMapsStayUsers() {
    ProgramId owner = lab.load(lab.version(1, PASS, "", ReplaceLab.XDP)).getFirst();
    LoadSpec first = lab.version(1, PASS, "", ReplaceLab.UPROBE);
    LoadSpec joining =
        new LoadSpec(first.bytecode(), first.programs(), first.globalData(), Map.of(), owner);
    ProgramId user = lab.load(joining).getFirst();
    ReplaceView view = lab.replace(List.of(user), lab.version(2, PASS, "", ReplaceLab.UPROBE));
    ProgramView now = view.loaded().getFirst();
    assertEquals(owner, now.record().mapOwner());
    assertEquals(List.of(owner, now.record().id()), now.mapUsers());
    lab.core().programs().unload(owner);
    assertEquals(0, lab.hits(now.record().id(), 1));
  }

  /** A program that drops everything leaves no packet through while it is replaced. */
  @ParameterizedTest
  @CsvSource({"XDP,1", "TC,2", "TCX,2"})
  void noPacketFindsTheHookEmpty(String kind, int drop) throws Exception {
    ProgramSpec program =
        everyKind().stream().filter(p -> p.type().name().equals(kind)).findFirst().orElseThrow();
    ProgramId running = lab.load(lab.version(1, drop, "", program)).getFirst();
    String peer = lab.netns().name() + "-peer";
    String address =
        lab.netns().exec("cat", "/sys/class/net/" + TestNetns.INTERFACE + "/address").strip();
    Commands.run(
        "ip",
        "-n",
        peer,
        "neigh",
        "replace",
        TestNetns.ADDRESS,
        "lladdr",
        address,
        "dev",
        TestNetns.PEER_INTERFACE);
    lab.attach(running, lab.spec(program));
    Path report = directory.resolve("flood");
    Process flood =
        new ProcessBuilder(
                "ip", "netns", "exec", peer, "ping", "-q", "-f", "-w", "600", TestNetns.ADDRESS)
            .redirectErrorStream(true)
            .redirectOutput(report.toFile())
            .start();
    try {
      for (int version = 2; version < 14; version++) {
        running =
            lab.replace(List.of(running), lab.version(version, drop, "", program))
                .loaded()
                .getFirst()
                .record()
                .id();
      }
    } finally {
      Commands.run("kill", "-INT", Long.toString(flood.pid()));
      flood.waitFor();
    }
    String text = Files.readString(report);
    assertTrue(text.contains(" 0 received"), text);
    long sent = Long.parseLong(text.replaceAll("(?s).*?(\\d+) packets transmitted.*", "$1"));
    long counted = 0;
    for (int version = 1; version < 14; version++) {
      counted += lab.hits(running, version);
    }
    assertEquals(sent, counted, "each packet is counted once, in a map that outlives all versions");
  }
}
