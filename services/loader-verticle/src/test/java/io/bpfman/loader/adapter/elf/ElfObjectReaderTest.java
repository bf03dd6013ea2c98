package io.bpfman.loader.adapter.elf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.loader.port.ObjectFacts;
import io.bpfman.loader.port.ObjectFacts.Variable;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElfObjectReaderTest {
  @TempDir Path directory;

  @Test
  void findsProgramsVariablesAndMaps() throws IOException {
    ObjectFacts facts = new ElfObjectReader().read(file(ElfBuilder.object()));
    assertEquals(
        List.of("count", "static_probe", "on_exit"), List.copyOf(facts.functions().keySet()));
    assertEquals(
        Map.of("count", "xdp", "static_probe", "kprobe/do_exit", "on_exit", "kprobe/do_exit"),
        facts.functions());
    assertEquals(List.of("counters", "events", "old"), facts.maps());
    assertEquals(
        Map.of(
            "limit", new Variable("limit", ".rodata.limits", 4, 8),
            "total", new Variable("total", ".bss", 0, 8),
            "hidden", new Variable("hidden", ".bss", 8, 4)),
        facts.variables());
  }

  @Test
  void namesAMissingFileAndADirectory() {
    refused(FailureCode.BYTECODE_NOT_FOUND, directory.resolve("none.o"), "none.o does not exist");
    refused(FailureCode.BYTECODE_NOT_FOUND, directory, "is a directory");
  }

  @Test
  void refusesWhatIsNoObject() throws IOException {
    refused(FailureCode.BYTECODE_INVALID, file(new byte[0]), "is empty");
    refused(FailureCode.BYTECODE_INVALID, file(new byte[] {'h', 'i'}), "68 69");
    byte[] text = "#!/bin/sh\nexit 0\n".getBytes(StandardCharsets.UTF_8);
    refused(FailureCode.BYTECODE_INVALID, file(text), "is not an ELF file");
  }

  @Test
  void refusesTruncatedObjects() throws IOException {
    byte[] whole = ElfBuilder.object();
    for (int length : new int[] {4, 20, 63, 64, 300, whole.length - 1}) {
      refused(FailureCode.BYTECODE_INVALID, file(Arrays.copyOf(whole, length)), "truncated");
    }
  }

  @Test
  void namesTheMachineOfAnotherBinary() throws IOException {
    refused(
        FailureCode.BYTECODE_INVALID,
        file(new ElfBuilder().machine(62).build()),
        "is for x86-64 (62); a BPF object (247, clang -target bpf) is needed");
  }

  @Test
  void refusesBigEndianObjects() throws IOException {
    byte[] object = ElfBuilder.object();
    object[5] = 2;
    refused(FailureCode.BYTECODE_INVALID, file(object), "is big-endian");
  }

  @Test
  void refusesObjectsAboveTheLimit() throws IOException {
    Path file = file(ElfBuilder.object());
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(ElfObjectReader.MAX_SIZE + 1);
    }
    refused(FailureCode.BYTECODE_INVALID, file, "the limit is 67108864");
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(directory.resolve("test.o"), content);
  }

  private static void refused(FailureCode code, Path file, String text) {
    BpfmanException refusal =
        assertThrows(BpfmanException.class, () -> new ElfObjectReader().read(file));
    assertEquals(code, refusal.code(), refusal.getMessage());
    assertTrue(refusal.failure().message().contains(text), refusal.getMessage());
    assertTrue(refusal.failure().message().contains(file.toString()), refusal.getMessage());
    assertTrue(!refusal.failure().hint().isEmpty(), refusal.getMessage());
  }
}
