package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.BpfmanException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon that cannot work says why in one sentence, ends with 1, and leaves nothing open. */
@Tag("kernel")
class DaemonStartIT {
  @TempDir Path directory;

  @Test
  void withoutTheRightToMountItNamesTheCapability() throws Exception {
    DaemonProcess daemon = new DaemonProcess(directory);
    ended(daemon.launch("setpriv", "--bounding-set", "-sys_admin", "--inh-caps", "-sys_admin"));
    assertTrue(daemon.log().contains("CAP_SYS_ADMIN"), daemon.log());
    assertTrue(daemon.log().contains(daemon.runtimeDir().toString()), daemon.log());
    assertFalse(daemon.log().contains("\tat "), daemon.log());
    assertFalse(Files.exists(daemon.socket()));
  }

  @Test
  void runtimeDirectoryThatIsAFileIsNamed() throws Exception {
    DaemonProcess daemon = new DaemonProcess(directory);
    Files.writeString(daemon.runtimeDir(), "not a directory");
    ended(daemon.launch());
    assertTrue(daemon.log().contains("cannot make runtime directory"), daemon.log());
    assertEquals("not a directory", Files.readString(daemon.runtimeDir()));
  }

  @Test
  void startThatFailsTakesTheMountThatItMadeAway() throws Exception {
    DaemonProcess daemon = new DaemonProcess(directory);
    Files.createDirectories(daemon.socket().resolve("in the way"));
    ended(daemon.launch());
    assertTrue(daemon.log().contains(daemon.socket().toString()), daemon.log());
    assertFalse(isMounted(daemon.runtimeDir().resolve("fs")));
  }

  @Test
  void damagedStoreThatIsLeftAloneLeavesNoMountEither() throws Exception {
    Path store = directory.resolve("run/db/store.db");
    Files.createDirectories(store.getParent());
    Files.writeString(store, "no store at all, but long enough to be looked at".repeat(100));
    Opening looking =
        new Opening(directory.resolve("run"), Opening.DEFAULT_LOCK_TIMEOUT, Care.NONE);
    assertThrows(BpfmanException.class, () -> LoaderInstance.open(looking));
    assertFalse(isMounted(directory.resolve("run/fs")));
  }

  private static boolean isMounted(Path directory) throws IOException {
    return Files.readString(Path.of("/proc/self/mountinfo")).contains(" " + directory + " ");
  }

  private static void ended(Process process) throws InterruptedException {
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertEquals(1, process.exitValue());
  }
}
