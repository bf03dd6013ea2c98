package io.bpfman.loader.adapter.elf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.AttachSpec;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** A container writes its own linker configuration; whatever it says stays below its root. */
class HostileLinkerConfigTest {
  private static final int PID = 7;
  private static Path directory = Path.of("unset");
  private static Path root = Path.of("unset");

  /** Holds a library of the name that is asked for, but no container may get at it. */
  @BeforeContainer
  static void makeRoot() throws IOException {
    directory = Files.createTempDirectory("linker");
    root = Hosts.process(directory.resolve("proc"), PID);
    Files.createDirectories(root.resolve("etc/ld.so.conf.d"));
    Files.createDirectories(root.resolve("lib"));
    Files.createDirectory(directory.resolve("host"));
    ElfBuilder library = new ElfBuilder().library(0x1000);
    int text = library.section(".text", 1, ElfBuilder.CODE);
    byte[] secret = library.symbol("work", 0x12, text, 0x1010, 16).build();
    Files.write(directory.resolve("host/libsecret.so"), secret);
    Files.createSymbolicLink(
        root.resolve("lib/libsecret.so"), directory.resolve("host/libsecret.so"));
    Files.createSymbolicLink(root.resolve("up"), Path.of("../../../host"));
  }

  @AfterContainer
  static void removeRoot() throws IOException {
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Provide
  Arbitrary<String> line() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(40),
        Arbitraries.of(
            "include",
            "include ",
            "include *",
            "include /etc/ld.so.conf",
            "include ../../../../*",
            "/up",
            "/../../../host",
            "/proc/self/root",
            "# nothing",
            "/" + "x/".repeat(3000),
            "/\0"));
  }

  @Property(tries = 1000)
  void everyConfigurationEndsInTheDomainsException(
      @ForAll @Size(max = 8) List<@From("line") String> lines,
      @ForAll @Size(max = 4) List<@From("line") String> more)
      throws IOException {
    write("etc/ld.so.conf", lines);
    write("etc/ld.so.conf.d/more.conf", more);
    AttachSpec.Uprobe spec = new AttachSpec.Uprobe("libsecret", "work", 0, null, PID);
    try {
      Path found = new ElfProbeTargets(Hosts.of(directory.resolve("proc"))).find(spec).binary();
      assertTrue(found.startsWith(root), () -> found + " is outside of the container");
    } catch (BpfmanException refused) {
      assertEquals(FailureCode.TARGET_NOT_FOUND, refused.code());
    }
  }

  private static void write(String file, List<String> lines) throws IOException {
    byte[] text = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    Files.write(root.resolve(file), text);
  }
}
