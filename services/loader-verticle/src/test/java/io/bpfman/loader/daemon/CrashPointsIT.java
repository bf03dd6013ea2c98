package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ends a process before calls to ports that change something, and after the last, of every
 * operation: at a third of these points by chance ({@code -Dcrash.seed} repeats a run), at all of
 * them with {@code -Dcrash.points=all}, which takes ten minutes. The state after one call is that
 * before the next: nothing else touches store, pins or kernel.
 */
@Tag("kernel")
class CrashPointsIT {
  @TempDir Path directory;
  private final List<String> problems = new ArrayList<>();
  private final CrashPoints points = CrashPoints.asked();
  private CrashLab lab;
  private int killed;
  private int possible;

  @BeforeEach
  void plant() {
    lab = new CrashLab(directory);
    lab.plantSurvivors();
  }

  @AfterEach
  void clear() {
    lab.close();
  }

  @Test
  void noCallOfAnyOperationIsABadMomentToDie() throws Exception {
    for (CrashOperation operation : CrashOperation.values()) {
      killDuring(operation);
    }
    System.out.printf(
        "crash test: %d operations killed at %d of %d points, %d problems (%s)%n",
        CrashOperation.values().length, killed, possible, problems.size(), points);
    assertEquals("", String.join("\n", problems), () -> "repeat with " + points);
  }

  private void killDuring(CrashOperation operation) throws Exception {
    long target = prepare(operation);
    String before = size();
    int calls = Integer.parseInt(run(operation, target, 0, 0).strip());
    String after = size();
    verify(operation + " unharmed", Set.of(after));
    possible += calls;
    for (int call : points.of(operation, calls)) {
      run(operation, prepare(operation), call, FaultPoints.KILLED);
      verify(
          "%s killed at %d of %d".formatted(operation, call, calls),
          new TreeSet<>(List.of(before, after)));
      killed++;
    }
  }

  private long prepare(CrashOperation operation) {
    try (LoaderInstance instance = lab.open()) {
      return operation.prepare(lab.setting(), instance.core());
    }
  }

  private String size() {
    try (LoaderInstance instance = lab.open()) {
      return lab.size(instance.core());
    }
  }

  /** Starts a loader on what is left, compares, and removes what the operation was to work on. */
  private void verify(String moment, Set<String> sizes) {
    try (LoaderInstance instance = lab.open()) {
      lab.problems(instance.core())
          .forEach(problem -> problems.add(moment + ": " + problem + " " + instance.repairs()));
      if (!sizes.contains(lab.size(instance.core()))) {
        problems.add(
            "%s: half done, %s instead of one of %s %s"
                .formatted(moment, lab.size(instance.core()), sizes, instance.repairs()));
      }
      lab.removeAllButSurvivors(instance.core());
    }
  }

  private String run(CrashOperation operation, long target, int fatalCall, int expected)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(java(Files.createDirectories(unpacked())));
    command.addAll(lab.setting().paths());
    command.addAll(List.of(operation.name(), Long.toString(target), Integer.toString(fatalCall)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(expected, process.waitFor(), () -> operation + ": " + output);
    removeUnpacked();
    return output;
  }

  /** Where the native library of SQLite is unpacked: a killed JVM leaves a megabyte there. */
  private Path unpacked() {
    return directory.resolve("unpacked");
  }

  private void removeUnpacked() throws IOException {
    try (Stream<Path> left = Files.list(unpacked())) {
      for (Path file : left.toList()) {
        Files.delete(file);
      }
    }
  }

  private static List<String> java(Path temporary) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xlog:disable",
        "-Djava.io.tmpdir=" + temporary,
        "-cp",
        System.getProperty("java.class.path"),
        CrashChildMain.class.getName());
  }
}
