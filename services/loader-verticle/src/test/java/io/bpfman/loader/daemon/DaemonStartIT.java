package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

  private static void ended(Process process) throws InterruptedException {
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertEquals(1, process.exitValue());
  }
}
