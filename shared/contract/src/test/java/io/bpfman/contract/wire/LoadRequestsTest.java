package io.bpfman.contract.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Bytecode;
import io.bpfman.model.Bytes;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.bpfman.model.LoadSpec;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import io.bpfman.proto.v1.BytecodeImage;
import io.bpfman.proto.v1.BytecodeLocation;
import io.bpfman.proto.v1.LoadInfo;
import io.bpfman.proto.v1.LoadRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LoadRequestsTest {
  private static final BytecodeLocation FILE =
      BytecodeLocation.newBuilder().setFile("/tmp/a.o").build();

  @Test
  void aFullRequestComesBackEqual() {
    LoadSpec spec =
        new LoadSpec(
            new Bytecode.Image("quay.io/a/b:c", Bytecode.PullPolicy.NEVER, "user", "secret"),
            List.of(
                new ProgramSpec("pass", ProgramType.XDP),
                new ProgramSpec("entry", ProgramType.FENTRY, "do_unlinkat"),
                new ProgramSpec("exit", ProgramType.FEXIT, "do_unlinkat"),
                new ProgramSpec("hook", ProgramType.LSM, "file_open")),
            Map.of("sampling", Bytes.ofHex("0a000000")),
            Map.of("owner", "me"),
            new ProgramId(0xFFFF_FFFFL));

    assertEquals(spec, LoadRequests.fromProto(LoadRequests.toProto(spec)));
  }

  @Test
  void tooMuchToRememberIsRefusedInLoadsAndChecks() {
    LoadRequest.Builder request =
        LoadRequest.newBuilder()
            .setBytecode(FILE)
            .addInfo(LoadInfo.newBuilder().setName("p").setProgramTypeValue(1));
    LoadRequest metadata = request.clone().putMetadata("k", "x".repeat(65_536)).build();
    LoadRequest globals =
        request.clone().putGlobalData("g", ByteString.copyFrom(new byte[65_536])).build();
    for (LoadRequest refused : List.of(metadata, globals)) {
      for (Executable call :
          List.<Executable>of(
              () -> LoadRequests.fromProto(refused), () -> LoadRequests.checkFromProto(refused))) {
        BpfmanException failure = assertThrows(BpfmanException.class, call);
        assertEquals(FailureCode.INVALID_REQUEST, failure.code());
        assertTrue(failure.getMessage().contains("65537 bytes"), failure.getMessage());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ProgramType.class)
  void everyTypeComesBackAsItsEntryProbe(ProgramType type) {
    String target = type.needsLoadTarget() ? "target" : null;
    LoadSpec spec =
        new LoadSpec(
            new Bytecode.File("/tmp/a.o"),
            List.of(new ProgramSpec("p", type, target)),
            Map.of(),
            Map.of(),
            null);

    ProgramSpec read = LoadRequests.fromProto(LoadRequests.toProto(spec)).programs().getFirst();
    assertEquals(type.family(), read.type().family());
    assertEquals(type.wireNumber(), read.type().wireNumber());
    assertEquals(target, read.loadTarget());
  }

  static Stream<Arguments> invalid() {
    LoadInfo pass = LoadInfo.newBuilder().setName("pass").build();
    return Stream.of(
        Arguments.of(LoadRequest.newBuilder().addInfo(pass), "no bytecode"),
        Arguments.of(LoadRequest.newBuilder().setBytecode(FILE), "names no program"),
        Arguments.of(
            LoadRequest.newBuilder()
                .setBytecode(BytecodeLocation.getDefaultInstance())
                .addInfo(pass),
            "bytecode has no location"),
        Arguments.of(
            LoadRequest.newBuilder()
                .setBytecode(BytecodeLocation.newBuilder().setFile(""))
                .addInfo(pass),
            "empty path"),
        Arguments.of(image("", 0).addInfo(pass), "empty url"),
        Arguments.of(image("quay.io/a", 3).addInfo(pass), "pull policy 3"),
        Arguments.of(image("quay.io/a", -1).addInfo(pass), "pull policy -1"),
        Arguments.of(
            LoadRequest.newBuilder()
                .setBytecode(FILE)
                .addInfo(pass)
                .addInfo(LoadInfo.getDefaultInstance()),
            "empty name"),
        Arguments.of(
            LoadRequest.newBuilder()
                .setBytecode(FILE)
                .addInfo(LoadInfo.newBuilder().setName("p").setProgramTypeValue(9)),
            "unknown type 9"));
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void aWrongFieldIsNamed(LoadRequest.Builder request, String expected) {
    BpfmanException thrown =
        assertThrows(BpfmanException.class, () -> LoadRequests.fromProto(request.build()));

    assertEquals(FailureCode.INVALID_REQUEST, thrown.code());
    assertTrue(thrown.failure().describe().contains(expected), thrown.failure().describe());
  }

  @Test
  void mapOwnerZeroCountsAsAbsent() {
    LoadRequest request =
        LoadRequest.newBuilder()
            .setBytecode(FILE)
            .setMapOwnerId(0)
            .addInfo(LoadInfo.newBuilder().setName("p"))
            .build();

    assertNull(LoadRequests.fromProto(request).mapOwner());
  }

  @Test
  void blankCredentialsCountAsAbsent() {
    BytecodeImage image =
        BytecodeImage.newBuilder().setUrl("quay.io/a").setUsername("").setPassword("").build();

    assertEquals(
        new Bytecode.Image("quay.io/a", Bytecode.PullPolicy.ALWAYS, null, null),
        Bytecodes.fromProto(image));
  }

  @ParameterizedTest
  @EnumSource(FailureCode.class)
  void everyFailureComesBackEqual(FailureCode code) {
    Failure failure = new Failure(code, "message \"é\"", "hint", "log\nlog");

    assertEquals(failure, Failures.fromProto(Failures.toProto(failure)));
  }

  private static LoadRequest.Builder image(String url, int policy) {
    return LoadRequest.newBuilder()
        .setBytecode(
            BytecodeLocation.newBuilder()
                .setImage(BytecodeImage.newBuilder().setUrl(url).setImagePullPolicy(policy)));
  }
}
