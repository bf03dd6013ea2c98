package io.bpfman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.testkit.BpfCompiler;
import io.bpfman.testkit.Commands;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Daemon and commands as processes whose user writes numbers in another way. */
@Tag("kernel")
class LanguageIT {
  @TempDir Path directory;
  private Path object;

  @BeforeEach
  void compile() {
    Path source = Path.of(System.getProperty("bpfman.root"), "k8s/samples/xdp_counter.c");
    object = BpfCompiler.compile(source, directory.resolve("xdp_counter.o"));
  }

  @AfterEach
  void unmount() {
    Commands.tryRun("umount", directory.resolve("run/fs").toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Duser.language=ar -Duser.country=EG -Duser.extensions=nu-arab",
        "-Duser.language=de -Duser.country=DE"
      })
  void fileNamesAndOutputAreTheSameInEveryLanguage(String language) throws Exception {
    Process daemon = start(language, "serve", "--runtime-dir", directory.resolve("run").toString());
    try {
      Awaitility.await("the daemon listens")
          .atMost(Duration.ofSeconds(60))
          .failFast(() -> !daemon.isAlive())
          .until(() -> Files.readString(log()).contains("serving bpfman.v1"));
      run(language, "program", "load", "file", object.toString(), "--programs", "xdp:xdp_counter");
      String id = run(language, "program", "list", "-q").strip();
      assertTrue(id.matches("[0-9]+"), id);
      assertTrue(Files.exists(directory.resolve("run/fs/prog_" + id)), id);
      String rates = run(language, "top", "--once", "--interval", "0.1");
      assertTrue(rates.contains("0.0") && rates.contains("0.000"), rates);
      assertEquals(List.of(), foreignNames());
    } finally {
      daemon.destroy();
      daemon.waitFor();
    }
  }

  /** File names that are not of plain letters and digits. */
  private List<String> foreignNames() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.matches("[ -~]*"))
          .toList();
    }
  }

  private Path log() {
    return directory.resolve("daemon.log");
  }

  private Process start(String language, String... words) throws IOException {
    Files.writeString(log(), "");
    return new ProcessBuilder(command(language, words))
        .redirectErrorStream(true)
        .redirectOutput(log().toFile())
        .start();
  }

  private String run(String language, String... words) throws Exception {
    Process process =
        new ProcessBuilder(command(language, words))
            .redirectError(directory.resolve("errors").toFile())
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> output + errors());
    return output;
  }

  private String errors() {
    try {
      return Files.readString(directory.resolve("errors"));
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  private List<String> command(String language, String... words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(language.split(" ", -1)));
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:TieredStopAtLevel=1",
            "-Djava.io.tmpdir=" + directory,
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()));
    command.addAll(List.of(words));
    command.addAll(List.of("--socket-path", directory.resolve("bpfman.sock").toString()));
    return command;
  }
}
