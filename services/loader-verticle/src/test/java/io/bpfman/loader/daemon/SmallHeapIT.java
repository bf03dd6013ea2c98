package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.contract.grpc.GrpcLoader;
import io.bpfman.proto.v1.BpfmanProgramType;
import io.bpfman.proto.v1.ListRequest;
import io.bpfman.proto.v1.ListResponse;
import io.bpfman.proto.x.v1.DumpMapRequest;
import io.bpfman.proto.x.v1.DumpMapResponse;
import io.bpfman.testkit.BpfCompiler;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon whose heap is smaller than what it is asked for. */
@Tag("kernel")
class SmallHeapIT {
  private static final int PROGRAMS = 30;

  @TempDir Path directory;
  private final List<Integer> loaded = new ArrayList<>();
  private DaemonProcess daemon;
  private GrpcJavaClient client;

  @BeforeEach
  void start() throws Exception {
    daemon = new DaemonProcess(directory);
    daemon.environment("JDK_JAVA_OPTIONS", "-XX:+UseSerialGC -Xmx80m -XX:+ExitOnOutOfMemoryError");
    open();
  }

  private void open() throws Exception {
    daemon.startThrough(List.of());
    client = new GrpcJavaClient(daemon.socket());
  }

  @AfterEach
  void stop() throws Exception {
    for (int program : loaded) {
      client.unload(program);
    }
    client.close();
    daemon.close();
  }

  private Path compile() throws Exception {
    try (InputStream source =
        Objects.requireNonNull(SmallHeapIT.class.getResourceAsStream("/bpf/globals.bpf.c"))) {
      String text = new String(source.readAllBytes(), StandardCharsets.UTF_8);
      return BpfCompiler.compile(directory, "globals", text);
    }
  }

  private int load(Path object) {
    int id = DaemonFixture.id(client.load(object, "count_hits", BpfmanProgramType.XDP));
    loaded.add(id);
    return id;
  }

  @Test
  void dumpsOfLargeValuesAreReadPartByPart() throws Exception {
    int program = load(compile());
    Vertx vertx = Vertx.vertx();
    try {
      GrpcLoader loader = new GrpcLoader(vertx, daemon.socket());
      DumpMapRequest request =
          DumpMapRequest.newBuilder()
              .setProgramId(program)
              .setMapName("large")
              .setTyped(true)
              .build();
      List<Future<DumpMapResponse>> dumps = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        dumps.add(loader.dumpMap(request));
      }
      for (Future<DumpMapResponse> dump : dumps) {
        assertTrue(dump.await(120, TimeUnit.SECONDS).getEntriesCount() > 10);
      }
    } finally {
      vertx.close().await(60, TimeUnit.SECONDS);
    }
    assertTrue(daemon.isAlive(), daemon.log());
  }

  @Test
  void aStoreWithMegabytesForEachProgramIsStartedOnAndListed() throws Exception {
    Path object = DaemonFixture.compile(directory);
    for (int i = 0; i < PROGRAMS; i++) {
      loaded.add(DaemonFixture.id(client.load(object, "count_xdp", BpfmanProgramType.XDP)));
    }
    client.close();
    daemon.terminate();
    fill(daemon.runtimeDir().resolve("db/store.db"));
    open();
    ListResponse listed = client.list(ListRequest.newBuilder().setBpfmanProgramsOnly(true).build());
    assertEquals(PROGRAMS, listed.getResultsCount());
    listed
        .getResultsList()
        .forEach(
            result ->
                assertTrue(
                    result
                        .getInfo()
                        .getMetadataOrThrow("bpfman.io/left-out")
                        .startsWith("4000003 bytes")));
    StatusRuntimeException refused =
        assertThrows(
            StatusRuntimeException.class,
            () ->
                client.load(
                    GrpcJavaClient.request(object, "count_xdp", BpfmanProgramType.XDP)
                        .putMetadata("big", "x".repeat(1 << 20))
                        .build()));
    assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode());
    assertTrue(
        Objects.requireNonNull(refused.getStatus().getDescription()).contains("64 KiB"),
        refused.getMessage());
  }

  /** As a daemon without limits would have stored it. */
  private static void fill(Path store) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO program_metadata (program_id, key, value)"
              + " SELECT id, 'big', replace(hex(zeroblob(2000000)), '00', 'xx') FROM programs");
    }
  }
}
