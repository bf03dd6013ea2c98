package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketFileTest {
  @TempDir Path directory;

  @Test
  void missingDirectoriesAreMade() {
    new SocketFile(directory.resolve("a/b/s")).prepare();
    assertTrue(Files.isDirectory(directory.resolve("a/b")));
  }

  @Test
  void staleSocketIsRemoved() throws IOException {
    Path path = directory.resolve("s");
    listen(path).close();
    assertTrue(Files.exists(path));
    new SocketFile(path).prepare();
    assertFalse(Files.exists(path));
  }

  @Test
  void socketThatSomebodyListensOnIsLeftAlone() throws IOException {
    Path path = directory.resolve("s");
    try (ServerSocketChannel listening = listen(path)) {
      BpfmanException e = refused(path);
      assertTrue(e.getMessage().contains("another process listens"), e.getMessage());
      assertTrue(Files.exists(path) && listening.isOpen());
    }
  }

  @Test
  void fileThatIsNoSocketIsLeftAlone() throws IOException {
    Path path = Files.writeString(directory.resolve("s"), "precious");
    BpfmanException e = refused(path);
    assertTrue(e.getMessage().contains("is no socket"), e.getMessage());
    assertEquals("precious", Files.readString(path));
  }

  @Test
  void pathLongerThanTheKernelTakesNamesTheLimit() {
    BpfmanException e = refused(directory.resolve("x".repeat(120)));
    assertTrue(e.getMessage().contains("107"), e.getMessage());
  }

  @Test
  void socketIsOpenToOwnerAndGroupOnly() throws IOException {
    Path path = directory.resolve("s");
    try (ServerSocketChannel listening = listen(path)) {
      new SocketFile(path).restrict();
      assertTrue(listening.isOpen());
      assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    }
  }

  private static BpfmanException refused(Path path) {
    BpfmanException e = assertThrows(BpfmanException.class, () -> new SocketFile(path).prepare());
    assertEquals(FailureCode.START_REFUSED, e.code());
    return e;
  }

  private static ServerSocketChannel listen(Path path) throws IOException {
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(path));
  }
}
