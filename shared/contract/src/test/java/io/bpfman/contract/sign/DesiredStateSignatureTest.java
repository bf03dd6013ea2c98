package io.bpfman.contract.sign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.bus.v1.Application;
import io.bpfman.proto.bus.v1.DesiredState;
import io.bpfman.proto.bus.v1.SignedDesiredState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DesiredStateSignatureTest {
  private Path directory;
  private Path privateKey;
  private Path publicKey;

  @BeforeEach
  void namePaths(@TempDir Path fresh) {
    directory = fresh;
    privateKey = directory.resolve("keys/private.pem");
    publicKey = directory.resolve("keys/public.pem");
  }

  @Test
  void whatTheOperatorSignedIsAcceptedAsItWas() {
    DesiredState state = state("n1", 7);
    SignedDesiredState signed = signer().sign(state);

    assertEquals(state, verifier().verify(signed, "n1"));
    assertEquals(16, signed.getKeyId().length());
    assertEquals(64, signed.getSignature().size());
  }

  @Test
  void theKeyPairSurvivesARestartAndThePublicFileIsWrittenAgain() throws IOException {
    SignedDesiredState before = signer().sign(state("n1", 1));
    Files.delete(publicKey);

    SignedDesiredState after = signer().sign(state("n1", 2));
    assertEquals(before.getKeyId(), after.getKeyId());
    verifier().verify(before, "n1");
    verifier().verify(after, "n1");
  }

  @Test
  void theFilesAreReadableForTheOwnerAndForAllRespectively() throws IOException {
    signer();

    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(privateKey)));
    assertEquals(
        "rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(publicKey)));
    try (var files = Files.list(directory.resolve("keys"))) {
      assertEquals(2, files.count());
    }
  }

  @Test
  void aPrivateKeyThatOthersCanReadIsRefused() throws IOException {
    signer();
    Files.setPosixFilePermissions(privateKey, PosixFilePermissions.fromString("rw-r-----"));

    BpfmanException thrown = assertThrows(BpfmanException.class, this::signer);
    assertEquals(FailureCode.CONFIGURATION_INVALID, thrown.code());
    assertTrue(thrown.failure().describe().contains("chmod 600"), thrown.failure().describe());
  }

  @Test
  void aPublicKeyOfAnotherPairIsRefused() throws IOException {
    signer();
    String ownPrivateOnly = Files.readString(privateKey).split("-----BEGIN PUBLIC", 2)[0];
    Files.writeString(privateKey, ownPrivateOnly);
    Path other = directory.resolve("other");
    DesiredStateSigner.loadOrCreate(other.resolve("private.pem"), publicKey);

    BpfmanException thrown = assertThrows(BpfmanException.class, this::signer);
    assertTrue(
        thrown.failure().describe().contains("does not belong"), thrown.failure().describe());
  }

  @Test
  void startersAtTheSameTimeAgreeOnOneKeyPair() throws Exception {
    Callable<String> start = () -> signer().sign(state("n1", 1)).getKeyId();
    Set<String> ids = new HashSet<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      for (var id : pool.invokeAll(List.of(start, start, start, start, start, start, start))) {
        ids.add(id.get());
      }
    }

    assertEquals(1, ids.size());
    verifier().verify(signer().sign(state("n1", 2)), "n1");
  }

  @Test
  void anotherNodesStateIsRefused() {
    refused(FailureCode.PERMISSION_DENIED, signer().sign(state("n2", 1)));
  }

  @Test
  void changedBytesAreRefused() {
    SignedDesiredState signed = signer().sign(state("n1", 1));
    SignedDesiredState changed =
        signed.toBuilder().setDesiredState(state("n1", 2).toByteString()).build();

    refused(FailureCode.SIGNATURE_INVALID, changed);
  }

  @Test
  void aSignatureOfTheWrongLengthIsRefused() {
    SignedDesiredState signed = signer().sign(state("n1", 1));

    refused(
        FailureCode.SIGNATURE_INVALID,
        signed.toBuilder().setSignature(ByteString.copyFromUtf8("short")).build());
    refused(FailureCode.SIGNATURE_INVALID, signed.toBuilder().clearSignature().build());
  }

  @Test
  void anotherOperatorsKeyIsNamed() {
    signer();
    Path other = directory.resolve("other");
    SignedDesiredState foreign =
        DesiredStateSigner.loadOrCreate(other.resolve("private.pem"), other.resolve("public.pem"))
            .sign(state("n1", 1));

    refused(FailureCode.SIGNATURE_INVALID, foreign);
  }

  @Test
  void aDigestThatIsNotThatOfTheApplicationsIsRefused() {
    DesiredState wrong =
        state("n1", 1).toBuilder().setDigest(ByteString.copyFromUtf8("other")).build();

    refused(FailureCode.INVALID_REQUEST, signer().sign(wrong));
  }

  @Test
  void digestsIgnoreOrderAndSeeEveryChange() {
    Application a =
        Application.newBuilder()
            .setKey("a")
            .putGlobalData("x", bytes())
            .putGlobalData("y", bytes())
            .build();
    Application again =
        Application.newBuilder()
            .setKey("a")
            .putGlobalData("y", bytes())
            .putGlobalData("x", bytes())
            .build();
    Application b = Application.newBuilder().setKey("b").build();

    assertEquals(Digests.of(List.of(a, b)), Digests.of(List.of(b, again)));
    assertNotEquals(Digests.of(List.of(a, b)), Digests.of(List.of(a)));
    assertNotEquals(
        Digests.of(List.of(a)), Digests.of(List.of(a.toBuilder().setGeneration(1).build())));
    assertEquals(32, Digests.ofReports(List.of()).size());
  }

  private static ByteString bytes() {
    return ByteString.copyFrom(new byte[] {1, 2});
  }

  private void refused(FailureCode code, SignedDesiredState signed) {
    DesiredStateVerifier verifier = verifier();
    BpfmanException thrown =
        assertThrows(BpfmanException.class, () -> verifier.verify(signed, "n1"));
    assertEquals(code, thrown.code(), thrown.failure().describe());
  }

  private DesiredStateSigner signer() {
    return DesiredStateSigner.loadOrCreate(privateKey, publicKey);
  }

  private DesiredStateVerifier verifier() {
    return DesiredStateVerifier.load(publicKey);
  }

  private static DesiredState state(String node, long revision) {
    List<Application> applications = List.of(Application.newBuilder().setKey("K/a").build());
    return DesiredState.newBuilder()
        .setNode(node)
        .setRevision(revision)
        .addAllApplications(applications)
        .setDigest(ByteString.copyFrom(Digests.of(applications).toArray()))
        .build();
  }
}
