package io.bpfman.agent.adapter.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.bpfman.agent.port.NodeInterface;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.bus.v1.SignedDesiredState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostAdaptersTest {
  private static final String HEADER =
      "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n";

  @TempDir Path dir;

  @Test
  void interfaceOfTheDefaultRouteIsPrimary() throws IOException {
    Path routes =
        Files.writeString(
            dir.resolve("route"),
            HEADER
                + "eth7\t0000000A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n"
                + "lo\t00000000\t0100000A\t0003\t0\t0\t100\t00000000\t0\t0\t0\n");
    List<NodeInterface> found = new HostNodeFacts(routes).interfaces();
    assertEquals(
        List.of("lo"),
        found.stream().filter(NodeInterface::primary).map(NodeInterface::name).toList());
  }

  @Test
  void withoutDefaultRouteLoopbackIsNotPrimary() throws IOException {
    Path routes = Files.writeString(dir.resolve("route"), HEADER);
    assertTrue(
        new HostNodeFacts(routes)
            .interfaces().stream().noneMatch(found -> found.primary() && found.loopback()));
  }

  @Test
  void savedStateIsReadBackAndReplaced() {
    FileDesiredState file = new FileDesiredState(dir.resolve("deep/state.pb"));
    assertEquals(Optional.empty(), file.read());
    file.write(state("a"));
    file.write(state("b"));
    assertEquals(Optional.of(state("b")), file.read());
  }

  @Test
  void savedStateIsReadByItsOwnerOnlyWhateverWasThereBefore() throws IOException {
    Path path = dir.resolve("state.pb");
    Files.writeString(dir.resolve("state.pb.new"), "left half written, for all to read");
    new FileDesiredState(path).write(state("a"));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
  }

  @Test
  void damagedStateIsNamed() throws IOException {
    Path path = Files.writeString(dir.resolve("state.pb"), "\u0007garbage");
    BpfmanException refused =
        assertThrows(BpfmanException.class, () -> new FileDesiredState(path).read());
    assertEquals(FailureCode.STORE_FAILED, refused.code());
    assertTrue(refused.getMessage().contains(path.toString()));
  }

  @Test
  void digestFollowsTheContent() throws IOException {
    FileObjectDigests digests = new FileObjectDigests();
    Path object = dir.resolve("x.o");
    assertEquals(Optional.empty(), digests.of(object.toString()));
    Files.writeString(object, "one");
    Optional<String> first = digests.of(object.toString());
    assertEquals(first, digests.of(object.toString()));
    Files.writeString(object, "another");
    assertNotEquals(first, digests.of(object.toString()));
  }

  private static SignedDesiredState state(String text) {
    return SignedDesiredState.newBuilder().setDesiredState(ByteString.copyFromUtf8(text)).build();
  }
}
