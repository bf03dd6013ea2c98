package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.loader.core.Doctor;
import io.bpfman.loader.core.Drift;
import io.bpfman.loader.core.LinkView;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.LinkHealth;
import io.bpfman.model.LinkRecord;
import io.bpfman.testkit.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A probe is on a file, and the name that was given comes to mean another one, or none. */
@Tag("kernel")
class ReplacedTargetIT {
  /** The function lies elsewhere in each version. */
  private static final String SOURCE =
      """
      __attribute__((noinline)) int filler(int x) { __asm__ volatile(".skip %d, 0x90"); return x; }
      __attribute__((noinline)) int probed(int x) { __asm__ volatile(""); return x + 1; }
      int main(void) { int i, sum = 0; for (i = 0; i < %d; i++) sum += probed(filler(i)); return sum == 0; }
      """;

  private static final int OLD_CALLS = 7;
  private static final int NEW_CALLS = 5;

  @TempDir Path directory;
  private ProbeLab lab;
  private Path target;

  @BeforeEach
  void start() throws IOException {
    lab = new ProbeLab(directory);
    target = directory.resolve("target");
    compile(target, 16, OLD_CALLS);
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  private void compile(Path file, int filler, int calls) throws IOException {
    Path source = Files.writeString(directory.resolve("t.c"), SOURCE.formatted(filler, calls));
    Commands.run("clang", "-O1", "-o", file.toString(), source.toString());
  }

  private Path newVersion() throws IOException {
    Path fresh = directory.resolve("target.new");
    compile(fresh, 256, NEW_CALLS);
    return fresh;
  }

  @Test
  void binaryReplacedByRenameIsSaidAndAttachedAnew() throws IOException {
    LinkRecord link = lab.attach(uprobe(target));
    Commands.run(target.toString());
    assertEquals(OLD_CALLS, lab.hits());
    Files.move(newVersion(), target, StandardCopyOption.ATOMIC_MOVE);
    outdated("the file %s was replaced since".formatted(target));
    Commands.run(target.toString());
    assertEquals(OLD_CALLS, lab.hits());

    assertEquals(List.of(), failures(lab.core().doctor().repair()));
    healthy(link);
    Commands.run(target.toString());
    assertEquals(OLD_CALLS + NEW_CALLS, lab.hits());
    assertEquals(List.of(), lab.core().doctor().find());
    assertEquals(1, lab.kernelLinks());
  }

  @Test
  void startAttachesAnew() throws IOException {
    LinkRecord link = lab.attach(uprobe(target));
    Files.move(newVersion(), target, StandardCopyOption.ATOMIC_MOVE);
    lab.restart();
    healthy(link);
    assertTrue(lab.repairs().getFirst().contains("was replaced since"), lab.repairs().toString());
    Commands.run(target.toString());
    assertEquals(NEW_CALLS, lab.hits());
  }

  @Test
  void binaryWrittenOverInPlaceIsSaidAndAttachedAnew() throws IOException {
    LinkRecord link = lab.attach(uprobe(target));
    Files.write(target, Files.readAllBytes(newVersion()));
    outdated("the file %s was written over since".formatted(target));
    assertEquals(List.of(), failures(lab.core().doctor().repair()));
    healthy(link);
    Commands.run(target.toString());
    assertEquals(NEW_CALLS, lab.hits());
    assertEquals(1, lab.kernelLinks());
  }

  @Test
  void symbolicLinkThatLeadsElsewhereIsSaidAndFollowed() throws IOException {
    Path name = Files.createSymbolicLink(directory.resolve("current"), target);
    LinkRecord link = lab.attach(uprobe(name));
    Path fresh = newVersion();
    Path moved = Files.createSymbolicLink(directory.resolve("next"), fresh);
    Files.move(moved, name, StandardCopyOption.ATOMIC_MOVE);
    outdated("it leads to %s now".formatted(fresh));
    lab.core().doctor().repair();
    healthy(link);
    Commands.run(name.toString());
    assertEquals(NEW_CALLS, lab.hits());
  }

  @Test
  void removedBinaryIsSaidAndItsProcessesStayProbed() throws IOException {
    LinkRecord link = lab.attach(uprobe(target));
    Files.delete(target);
    outdated("the file %s was removed since".formatted(target));
    List<Doctor.Treated> treated = lab.core().doctor().repair();
    assertTrue(failures(treated).getFirst().contains("does not exist"), treated.toString());
    outdated("was removed since");
    assertEquals(1, lab.kernelLinks());

    compile(target, 32, NEW_CALLS);
    lab.core().doctor().repair();
    healthy(link);
    lab.core().links().detach(link.id());
    assertEquals(0, lab.kernelLinks());
  }

  @Test
  void newFileWithoutTheFunctionLeavesTheLinkAsItIs() throws IOException {
    lab.attach(uprobe(target));
    Files.copy(Path.of("/bin/true"), target, StandardCopyOption.REPLACE_EXISTING);
    List<String> failures = failures(lab.core().doctor().repair());
    assertTrue(failures.getFirst().contains("has no function \"probed\""), failures.toString());
    outdated("was replaced since");
    assertEquals(1, lab.kernelLinks());
  }

  @Test
  void processThatEndedIsSaid() throws Exception {
    Process process = new ProcessBuilder("sleep", "1000").start();
    int pid = Math.toIntExact(process.pid());
    LinkRecord link = lab.attach(uprobe(target, pid));
    healthy(link);
    process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    outdated("process %d, to which it is limited, has ended (/proc)".formatted(pid));
    List<String> failures = failures(lab.core().doctor().repair());
    assertTrue(failures.getFirst().contains("process " + pid), failures.toString());
  }

  private static AttachSpec.Uprobe uprobe(Path file) {
    return uprobe(file, null);
  }

  private static AttachSpec.Uprobe uprobe(Path file, @Nullable Integer pid) {
    return new AttachSpec.Uprobe(file.toString(), "probed", 0, pid, null);
  }

  private static List<String> failures(List<Doctor.Treated> treated) {
    return treated.stream()
        .map(Doctor.Treated::failure)
        .filter(java.util.Objects::nonNull)
        .map(String::valueOf)
        .toList();
  }

  private void outdated(String reason) {
    LinkView view = lab.link();
    assertTrue(
        view.health() instanceof LinkHealth.Outdated(String words, _) && words.contains(reason),
        view::toString);
    List<Drift> found = lab.core().doctor().find();
    assertEquals(1, found.size(), found.toString());
    assertTrue(found.getFirst().problem().contains(reason), found.getFirst()::problem);
  }

  private void healthy(LinkRecord link) {
    assertEquals(new LinkHealth.Attached(), lab.link().health());
    assertEquals(link.id(), lab.link().record().id());
  }
}
