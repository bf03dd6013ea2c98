package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bpfman.proto.v1.BpfmanProgramType;
import io.bpfman.proto.v1.ListRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many programs and many callers at once; asserts what is true, never how long it took. */
@Tag("kernel")
class PressureIT {
  private static final int PROGRAMS = 1000;
  private static final int LOADERS = 8;
  private static final int MOST_CALLERS = 32;
  private static final int TURNS = 10;

  @TempDir Path directory;
  private final ExecutorService callers = Executors.newFixedThreadPool(MOST_CALLERS);
  private CrashLab lab;
  private DaemonProcess daemon;

  @BeforeEach
  void start() throws Exception {
    lab = new CrashLab(directory);
    daemon = new DaemonProcess(directory);
    lab.addDevices(MOST_CALLERS);
    lab.plantSurvivors();
    daemon.start();
  }

  @AfterEach
  void stop() throws Exception {
    callers.shutdownNow();
    daemon.close();
    lab.close();
  }

  @Test
  void manyCallersBesideManyProgramsFailNothingAndLeaveNothing() throws Exception {
    try (GrpcJavaClient client = new GrpcJavaClient(daemon.socket())) {
      List<Integer> loaded = loadMany(client);
      List<String> pins = daemon.pins();

      turns(client, 8);
      turns(client, MOST_CALLERS);

      assertEquals(pins, daemon.pins());
      assertEquals(List.of(), daemon.bpfDescriptors());
      assertEquals(loaded.stream().sorted().toList(), named(client));
    }
    daemon.terminate();
    try (LoaderInstance instance = lab.open()) {
      assertEquals(List.of(), lab.problems(instance.core()));
      assertEquals(List.of(), instance.repairs());
      lab.removeAllButSurvivors(instance.core());
      assertEquals(List.of(), lab.problems(instance.core()));
    }
  }

  private List<Integer> loadMany(GrpcJavaClient client) throws Exception {
    List<Future<List<Integer>>> parts = new ArrayList<>();
    for (int loader = 0; loader < LOADERS; loader++) {
      parts.add(callers.submit(() -> loadSome(client)));
    }
    List<Integer> all = new ArrayList<>();
    for (Future<List<Integer>> part : parts) {
      all.addAll(part.get(60, TimeUnit.SECONDS));
    }
    return all;
  }

  private List<Integer> loadSome(GrpcJavaClient client) {
    List<Integer> ids = new ArrayList<>();
    for (int i = 0; i < PROGRAMS / LOADERS; i++) {
      ids.add(
          DaemonFixture.id(
              client.load(
                  GrpcJavaClient.request(lab.setting().object(), "crash_xdp", BpfmanProgramType.XDP)
                      .putMetadata("pressure", "yes")
                      .build())));
    }
    return ids;
  }

  private static List<Integer> named(GrpcJavaClient client) {
    return client
        .list(ListRequest.newBuilder().putMatchMetadata("pressure", "yes").build())
        .getResultsList()
        .stream()
        .map(result -> result.getKernelInfo().getId())
        .sorted()
        .toList();
  }

  private void turns(GrpcJavaClient client, int count) throws Exception {
    List<Future<?>> working = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      CrashCaller caller = new CrashCaller(lab.setting(), number);
      working.add(
          callers.submit(
              () -> {
                for (int turn = 0; turn < TURNS; turn++) {
                  caller.turn(client, turn);
                }
              }));
    }
    for (Future<?> caller : working) {
      caller.get(60, TimeUnit.SECONDS);
    }
  }
}
