package io.bpfman.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.BpfmanException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeKeyTest {
  private Path directory;

  @BeforeEach
  void nameDirectory(@TempDir Path fresh) {
    directory = fresh;
  }

  @Test
  void twoProcessesOfANodeProveToEachOther() throws IOException {
    Path file = directory.resolve("a/node.key");
    byte[] proof = NodeKey.loadOrCreate(file).prove(parts("x", "y"));

    assertTrue(NodeKey.loadOrCreate(file).proves(proof, parts("x", "y")));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void anotherKeyOtherPartsAndMovedBordersProveNothing() {
    NodeKey key = NodeKey.loadOrCreate(directory.resolve("one"));
    byte[] proof = key.prove(parts("ab", "c"));

    assertFalse(NodeKey.loadOrCreate(directory.resolve("two")).proves(proof, parts("ab", "c")));
    assertFalse(key.proves(proof, parts("ab", "d")));
    assertFalse(key.proves(proof, parts("a", "bc")));
    assertFalse(key.proves(new byte[0], parts("ab", "c")));
  }

  @Test
  void startersAtTheSameTimeAgreeOnOneKey() throws Exception {
    Path file = directory.resolve("shared.key");
    Set<String> proofs = ConcurrentHashMap.newKeySet();
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 32; i++) {
        pool.submit(
            () ->
                proofs.add(
                    HexFormat.of().formatHex(NodeKey.loadOrCreate(file).prove(parts("x", "y")))));
      }
    }

    assertEquals(1, proofs.size());
    try (var files = Files.list(directory)) {
      assertEquals(1, files.count());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "zz", "0011"})
  void aFileThatHoldsNoKeyIsRefusedByName(String content) throws IOException {
    Path file = directory.resolve("bad.key");
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    BpfmanException thrown = assertThrows(BpfmanException.class, () -> NodeKey.loadOrCreate(file));
    assertTrue(
        thrown.failure().describe().contains("bad.key is no node key"),
        thrown.failure().describe());
  }

  @Test
  void aKeyThatOthersCanReadIsRefused() throws IOException {
    Path file = directory.resolve("open.key");
    NodeKey.loadOrCreate(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw----r--"));

    BpfmanException thrown = assertThrows(BpfmanException.class, () -> NodeKey.loadOrCreate(file));
    assertTrue(thrown.failure().describe().contains("chmod 600"), thrown.failure().describe());
  }

  private static List<byte[]> parts(String one, String two) {
    return List.of(one.getBytes(StandardCharsets.UTF_8), two.getBytes(StandardCharsets.UTF_8));
  }
}
