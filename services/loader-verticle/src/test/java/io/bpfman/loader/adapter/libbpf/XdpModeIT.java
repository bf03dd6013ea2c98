package io.bpfman.loader.adapter.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.loader.daemon.LoaderInstance;
import io.bpfman.loader.port.Attachment;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Bytecode;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.LoadSpec;
import io.bpfman.model.NetworkHook;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import io.bpfman.testkit.BpfCompiler;
import io.bpfman.testkit.Commands;
import io.bpfman.testkit.TestNetns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** XDP programs on interfaces that do not take them as they are. */
@Tag("kernel")
class XdpModeIT {
  private TestNetns netns;
  private Path run;
  private Path object;
  private LoaderInstance loader;

  @BeforeEach
  void open(@TempDir Path directory) {
    netns = TestNetns.create();
    run = directory.resolve("run");
    object = KernelLab.compiled(directory, "x_pass.bpf.c", "x_pass", "");
    loader = LoaderInstance.open(run);
  }

  @AfterEach
  void close() {
    loader.close();
    Commands.run("umount", run.resolve("fs").toString());
    netns.close();
  }

  @Test
  void anMtuTooBigForNativeModeMeansGenericModeAndTheLinkSaysSo() {
    bothEnds("8901");
    LinkRecord link = attach("x_pass");
    assertTrue(netns.ip("link", "show", "veth0").contains("xdpgeneric"));
    assertEquals("generic", link.metadata().get(Attachment.XDP_MODE));
    loader.close();
    loader = LoaderInstance.open(run);
    assertEquals(
        Map.of(Attachment.XDP_MODE, "generic"),
        loader.core().inventory().links(null, Map.of()).getFirst().record().metadata());
    loader.core().links().detach(link.id());
    assertFalse(netns.ip("link", "show", "veth0").contains("xdp"));
  }

  @Test
  void aPeersMtuThatIsTooBigMeansGenericModeToo() {
    Commands.run("ip", "-n", netns.name() + "-peer", "link", "set", "peer0", "mtu", "8901");
    assertEquals("generic", attach("x_pass").metadata().get(Attachment.XDP_MODE));
  }

  @Test
  void whatFitsStaysNative() {
    bothEnds("3506");
    assertEquals(Map.of(), attach("x_pass").metadata());
    assertFalse(netns.ip("link", "show", "veth0").contains("xdpgeneric"));
    detachAll();
    bothEnds("8901");
    assertEquals(Map.of(), attach("x_frags").metadata());
  }

  @Test
  void whereGenericModeFailsTooBothNumbersAreSaid() {
    Failure failure =
        new XdpRoom(new NetworkHook("veth0", null), 8901).refused(Errno.EOPNOTSUPP).failure();
    assertTrue(failure.message().contains("MTU is 8901 bytes"), failure::describe);
    assertTrue(failure.message().contains("about 3506"), failure::describe);
    assertTrue(failure.hint().contains("xdp.frags"), failure::describe);
  }

  @ParameterizedTest
  @CsvSource({"xdp/cpumap, cpumap", "xdp.frags/devmap, devmap"})
  void aProgramForTheEntriesOfAMapSaysWhatItIsFor(
      String section, String map, @TempDir Path directory) throws IOException {
    String source = Files.readString(Path.of(object.toString().replace(".o", ".bpf.c")));
    object = BpfCompiler.compile(directory, "entry", source.replace("xdp/cpumap", section));
    Failure failure = assertThrows(BpfmanException.class, () -> attach("x_cpumap")).failure();
    assertEquals(FailureCode.ATTACH_KIND_MISMATCH, failure.code());
    assertTrue(failure.message().contains("for the entries of a " + map), failure::describe);
    assertTrue(failure.hint().contains("SEC(\"xdp\")"), failure::describe);
    attach("x_pass");
    Failure second = assertThrows(BpfmanException.class, () -> attach("x_cpumap")).failure();
    assertEquals(failure.code(), second.code());
  }

  @Test
  void anUnmountedPinDirectoryIsMountedAgainByTheNextLoad() {
    Path pins = run.resolve("fs");
    Commands.run("umount", pins.toString());
    ProgramId id = load("x_pass");
    assertTrue(Files.exists(pins.resolve("prog_" + id)));
    assertTrue(Commands.run("findmnt", "-no", "FSTYPE", pins.toString()).contains("bpf"));
    Commands.run("umount", pins.toString());
    loader.core().programs().check(spec("x_pass"));
    ProgramId second = load("x_pass");
    LinkRecord link = loader.core().links().attach(second, xdp(), Map.of());
    assertTrue(Files.exists(pins.resolve("links").resolve(link.id().toString())));
  }

  private void bothEnds(String mtu) {
    netns.ip("link", "set", "veth0", "mtu", mtu);
    Commands.run("ip", "-n", netns.name() + "-peer", "link", "set", "peer0", "mtu", mtu);
  }

  private void detachAll() {
    loader.core().inventory().links(null, Map.of()).stream()
        .map(view -> view.record().id())
        .forEach(loader.core().links()::detach);
  }

  private AttachSpec.Xdp xdp() {
    return new AttachSpec.Xdp(new NetworkHook("veth0", netns.path().toString()), 50, Set.of());
  }

  private LoadSpec spec(String name) {
    return new LoadSpec(
        new Bytecode.File(object.toString()),
        List.of(new ProgramSpec(name, ProgramType.XDP)),
        Map.of(),
        Map.of(),
        null);
  }

  private ProgramId load(String name) {
    return loader.core().programs().load(spec(name)).getFirst().record().id();
  }

  private LinkRecord attach(String name) {
    return loader.core().links().attach(load(name), xdp(), Map.of());
  }
}
