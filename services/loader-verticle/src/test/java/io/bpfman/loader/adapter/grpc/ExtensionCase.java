package io.bpfman.loader.adapter.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bpfman.loader.daemon.LoaderInstance;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Bytecode;
import io.bpfman.model.Failure;
import io.bpfman.model.LoadSpec;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import io.bpfman.testkit.BpfCompiler;
import io.bpfman.testkit.Commands;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * A loader on the running kernel with one program that has maps of every kind; without the socket.
 */
abstract class ExtensionCase {
  static final ProgramSpec TOUCH = new ProgramSpec("touch", ProgramType.XDP);

  static Path directory;
  static Path object;
  static Path broken;
  static LoaderInstance instance;
  static MapCalls maps;
  static DiagnosticCalls diagnostics;
  static int program;

  @BeforeAll
  static void open(@TempDir Path fresh) throws Exception {
    directory = fresh;
    try (InputStream source = ExtensionCase.class.getResourceAsStream("/bpf/maps.bpf.c")) {
      String text = new String(source.readAllBytes(), StandardCharsets.UTF_8);
      object = BpfCompiler.compile(directory, "maps", text);
      broken = BpfCompiler.compile(directory, "broken", "#define BROKEN\n" + text);
    }
    instance = LoaderInstance.open(directory.resolve("run"));
    maps = new MapCalls(instance.core().maps());
    diagnostics = new DiagnosticCalls(instance.core());
    program = (int) instance.core().programs().load(spec(object)).getFirst().record().id().value();
  }

  @AfterAll
  static void close() throws Exception {
    instance.core().programs().unload(new ProgramId(program));
    instance.close();
    Commands.run("umount", directory.resolve("run/fs").toString());
    assertEquals(List.of(), bpfDescriptors());
  }

  static LoadSpec spec(Path file, ProgramSpec... programs) {
    List<ProgramSpec> wanted = programs.length == 0 ? List.of(TOUCH) : List.of(programs);
    return new LoadSpec(new Bytecode.File(file.toString()), wanted, Map.of(), Map.of(), null);
  }

  static Failure failure(Executable call) {
    return assertThrows(BpfmanException.class, call).failure();
  }

  static List<String> bpfDescriptors() throws Exception {
    List<String> found = new java.util.ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path file : files) {
        if (Files.isSymbolicLink(file)) {
          String target = Files.readSymbolicLink(file).toString();
          if (target.matches("anon_inode:.*(bpf|btf|perf).*")) {
            found.add(target);
          }
        }
      }
    }
    return found;
  }
}
