package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.proto.v1.ListRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon under a service manager, and who may call it. */
@Tag("kernel")
class DaemonServiceIT {
  @TempDir Path directory;

  @Test
  void systemdHearsReadyThenPingsThenStopping() throws Exception {
    Path notify = directory.resolve("notify");
    try (FakeServiceManager systemd = new FakeServiceManager(notify);
        DaemonProcess daemon = new DaemonProcess(directory)) {
      daemon.environment("NOTIFY_SOCKET", notify.toString());
      daemon.environment("WATCHDOG_USEC", "200000");
      daemon.start();
      Awaitility.await("three pings")
          .atMost(10, TimeUnit.SECONDS)
          .until(() -> Collections.frequency(systemd.lines(), "WATCHDOG=1") >= 3);
      assertEquals("READY=1", systemd.lines().getFirst());
      daemon.terminate();
      assertTrue(systemd.lines().contains("STOPPING=1"), systemd.lines().toString());
    }
  }

  @Test
  void mutatingCallsAreLoggedWithTheirCaller() throws Exception {
    try (DaemonProcess daemon = new DaemonProcess(directory).start();
        GrpcJavaClient client = new GrpcJavaClient(daemon.socket())) {
      assertThrows(StatusRuntimeException.class, () -> client.unload(1));
      String expected = "Unload by uid 0, gid 0, pid " + ProcessHandle.current().pid();
      assertTrue(daemon.log().contains(expected), daemon.log());
    }
  }

  @Test
  void usersThatAreNotAllowedAreRefused() throws Exception {
    try (DaemonProcess daemon =
            new DaemonProcess(directory).start("--allowed-uids", "4000000000,1");
        GrpcJavaClient client = new GrpcJavaClient(daemon.socket())) {
      for (Runnable call :
          List.<Runnable>of(
              () -> client.unload(1), () -> client.list(ListRequest.getDefaultInstance()))) {
        Status status = assertThrows(StatusRuntimeException.class, call::run).getStatus();
        assertEquals(Status.Code.PERMISSION_DENIED, status.getCode());
        assertTrue(String.valueOf(status.getDescription()).contains("uid 0"), status.toString());
      }
    }
  }

  @Test
  void usersThatAreAllowedAreServed() throws Exception {
    try (DaemonProcess daemon = new DaemonProcess(directory).start("--allowed-uids", "0");
        GrpcJavaClient client = new GrpcJavaClient(daemon.socket())) {
      ListRequest ours = ListRequest.newBuilder().setBpfmanProgramsOnly(true).build();
      assertEquals(0, client.list(ours).getResultsCount());
    }
  }
}
