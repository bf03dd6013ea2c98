package io.bpfman.loader.adapter.elf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.loader.port.ProbeTargets.Place;
import io.bpfman.model.AttachSpec.Uprobe;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElfProbeTargetsTest {
  private static final Path JVM = Path.of(System.getProperty("java.home"), "lib/server/libjvm.so");

  private final ElfProbeTargets targets = new ElfProbeTargets(Hosts.of(Path.of("/proc")));
  @TempDir Path directory;

  @Test
  void computesTheFileOffsetFromTheSegment() throws IOException {
    Path library = library("libwork.so");
    Place place = targets.find(uprobe(library.toString(), "work", 4));
    assertEquals(library.toRealPath(), place.binary());
    assertEquals(0x14, place.fileOffset());
  }

  @Test
  void findsAnExportedFunctionOfTheRunningJvm() throws IOException {
    Place place = targets.find(uprobe(JVM.toString(), "JNI_CreateJavaVM", 0));
    assertEquals(JVM.toRealPath(), place.binary());
    assertTrue(place.fileOffset() > 4096 && place.fileOffset() < Files.size(JVM));
  }

  @Test
  void findsTheCLibraryByItsBareName() {
    Place byName = targets.find(uprobe("libc", "malloc", 0));
    assertEquals(byName, targets.find(uprobe("libc.so.6", "malloc", 0)));
    assertTrue(byName.binary().isAbsolute());
  }

  @Test
  void findsALibraryThatOnlyTheProcessHasMapped() throws IOException {
    int self = Math.toIntExact(ProcessHandle.current().pid());
    Place place = targets.find(new Uprobe("libjvm", "JNI_CreateJavaVM", 0, self, null));
    assertTrue(Files.isSameFile(JVM, place.binary()), place.toString());
  }

  @Test
  void readsContainersBelowTheirOwnRootEvenThroughAbsoluteLinks() throws IOException {
    Path root = Hosts.process(directory, 77);
    Files.createDirectories(root.resolve("opt"));
    Files.move(library("app"), root.resolve("opt/app"));
    Files.createSymbolicLink(root.resolve("entry"), Path.of("/opt/../../../opt/app"));
    ElfProbeTargets hosted = new ElfProbeTargets(Hosts.of(directory));
    Place place = hosted.find(new Uprobe("/entry", "work", 0, null, 77));
    assertEquals(root.resolve("opt/app"), place.binary());
    assertEquals(0x10, place.fileOffset());
    refused(FailureCode.TARGET_NOT_FOUND, hosted, new Uprobe("/x", "work", 0, null, 78), "78");
  }

  @Test
  void passesOverLinkerScriptsAndReadsTheLinkersConfiguration() throws IOException {
    Path root = Hosts.process(directory, 5);
    Files.createDirectories(root.resolve("etc/ld.so.conf.d"));
    Files.createDirectories(root.resolve("special"));
    Files.writeString(root.resolve("etc/ld.so.conf"), "include /etc/ld.so.conf.d/*.conf\n");
    Files.writeString(root.resolve("etc/ld.so.conf.d/a.conf"), "# own\n/special\n");
    Files.writeString(root.resolve("special/libapp.so"), "GROUP ( libapp.so.2 )");
    Files.move(library("real"), root.resolve("special/libapp.so.2"));
    Place place =
        new ElfProbeTargets(Hosts.of(directory)).find(new Uprobe("libapp", "work", 0, null, 5));
    assertEquals(root.resolve("special/libapp.so.2"), place.binary());
  }

  @Test
  void namesTheNearestFunctionsAndFiles() throws IOException {
    Path library = library("libwork.so");
    Uprobe symbol = uprobe(library.toString(), "wrok", 0);
    refused(FailureCode.SYMBOL_NOT_FOUND, targets, symbol, "nearest names there: work");
    Uprobe file = uprobe(directory.resolve("libwrk.so").toString(), "work", 0);
    refused(FailureCode.TARGET_NOT_FOUND, targets, file, "libwork.so");
    refused(FailureCode.TARGET_NOT_FOUND, targets, uprobe("libcx", "malloc", 0), "libc.so");
    Uprobe jvm = uprobe(JVM.toString(), "JNI_CreateJavaVm", 0);
    refused(FailureCode.SYMBOL_NOT_FOUND, targets, jvm, "JNI_CreateJavaVM");
  }

  @Test
  void takesABareOffsetFromTheStartOfTheFile() throws IOException {
    Path library = library("plain");
    assertEquals(40, targets.find(uprobe(library.toString(), null, 40)).fileOffset());
    Uprobe outside = uprobe(library.toString(), null, 1 << 20);
    refused(FailureCode.INVALID_REQUEST, targets, outside, "is outside of");
    Uprobe neither = uprobe(library.toString(), null, 0);
    refused(FailureCode.INVALID_REQUEST, targets, neither, "neither a function nor an offset");
    Uprobe beyond = uprobe(library.toString(), "work", 16);
    refused(FailureCode.INVALID_REQUEST, targets, beyond, "which has 16 bytes");
    refused(FailureCode.INVALID_REQUEST, targets, uprobe("a/b", "work", 0), "relative path");
  }

  @Test
  void endsWhenLinksGoInCircles() throws IOException {
    Path loop = Files.createSymbolicLink(directory.resolve("loop"), directory.resolve("loop"));
    refused(FailureCode.TARGET_NOT_FOUND, targets, uprobe(loop.toString(), "work", 0), "loop");
  }

  private Path library(String name) throws IOException {
    ElfBuilder library = new ElfBuilder().library(0x1000);
    int text = library.section(".text", 1, ElfBuilder.CODE);
    library.symbol("work", 0x12, text, 0x1010, 16).symbol("network", 0x12, text, 0x1020, 16);
    return Files.write(directory.resolve(name), library.build());
  }

  private static Uprobe uprobe(String target, @Nullable String function, long offset) {
    return new Uprobe(target, function, offset, null, null);
  }

  private static void refused(FailureCode code, ElfProbeTargets targets, Uprobe spec, String text) {
    BpfmanException refusal = assertThrows(BpfmanException.class, () -> targets.find(spec));
    assertEquals(code, refusal.code(), refusal.getMessage());
    assertTrue(refusal.getMessage().contains(text), refusal.getMessage());
  }
}
