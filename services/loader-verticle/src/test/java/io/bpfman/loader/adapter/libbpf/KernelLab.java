package io.bpfman.loader.adapter.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bpfman.loader.port.AttachOrder;
import io.bpfman.loader.port.Attachment;
import io.bpfman.loader.port.LoadedObject;
import io.bpfman.loader.port.MapEntry;
import io.bpfman.loader.port.MapPage;
import io.bpfman.loader.port.MapRef;
import io.bpfman.loader.port.ObjectLoad;
import io.bpfman.loader.port.ProbeTargets;
import io.bpfman.loader.port.TcxPosition;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.Bytecode;
import io.bpfman.model.Bytes;
import io.bpfman.model.FailureCode;
import io.bpfman.model.HookId;
import io.bpfman.model.LinkId;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.Placement;
import io.bpfman.model.ProbedTarget;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import io.bpfman.model.ProgramSpec;
import io.bpfman.testkit.BpfCompiler;
import io.bpfman.testkit.Commands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A directory with its own bpffs, and the kernel adapter on it. Closing unmounts it and checks that
 * no bpf descriptor stayed open.
 */
final class KernelLab implements AutoCloseable {
  private final Path directory;
  private final Path pins;
  private final LibbpfKernel kernel;
  private long lastLink;

  private KernelLab(Path directory, Function<AttachSpec.Uprobe, ProbeTargets.Place> targets) {
    this.directory = directory;
    this.pins = directory.resolve("fs");
    this.kernel = new LibbpfKernel(steady(targets));
  }

  /** For programs that need no targets. */
  static KernelLab open(Path directory) throws IOException {
    return open(
        directory,
        spec -> {
          throw FailureCode.TARGET_NOT_FOUND.because("no targets here");
        });
  }

  static KernelLab open(Path directory, Function<AttachSpec.Uprobe, ProbeTargets.Place> targets)
      throws IOException {
    KernelLab lab = new KernelLab(directory, targets);
    Files.createDirectory(lab.pins);
    lab.kernel.ensureBpffs(lab.pins);
    return lab;
  }

  /** Targets that stay what they are. */
  private static ProbeTargets steady(Function<AttachSpec.Uprobe, ProbeTargets.Place> targets) {
    return new ProbeTargets() {
      @Override
      public Place find(AttachSpec.Uprobe spec) {
        return targets.apply(spec);
      }

      @Override
      public Optional<String> changed(AttachSpec.Uprobe spec, ProbedTarget recorded) {
        return Optional.empty();
      }
    };
  }

  LibbpfKernel kernel() {
    return kernel;
  }

  Path pin(String name) {
    return pins.resolve(name);
  }

  Path directory() {
    return directory;
  }

  /** As {@link #compiled}, in this lab's directory. */
  Path object(String resource, String name, String prefix) {
    return compiled(directory, resource, name, prefix);
  }

  /**
   * Compiles a resource of the directory bpf with lines put before it. Where clang is too slow, the
   * system property {@code bpfman.compiled} names a directory with objects of resources as they
   * are.
   */
  static Path compiled(Path directory, String resource, String name, String prefix) {
    String ready = System.getProperty("bpfman.compiled");
    if (ready != null && prefix.isEmpty()) {
      return Path.of(ready, resource.replace(".bpf.c", ".bpf.o"));
    }
    try (InputStream source = KernelLab.class.getResourceAsStream("/bpf/" + resource)) {
      String text = new String(source.readAllBytes(), StandardCharsets.UTF_8);
      return BpfCompiler.compile(directory, name, prefix + text);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  ObjectLoad request(Path object, ProgramSpec... programs) {
    return new ObjectLoad(object, List.of(programs), Map.of(), Map.of(), pin("shared"));
  }

  /**
   * Loads and pins each program as {@code prog_<id>} and the map "hits" as {@code hits_<first id>}.
   */
  List<ProgramRecord> load(ObjectLoad request) {
    try (LoadedObject loaded = kernel.load(request)) {
      List<ProgramRecord> records = new ArrayList<>();
      ProgramId first = loaded.programs().getFirst().id();
      for (int i = 0; i < loaded.programs().size(); i++) {
        var program = loaded.programs().get(i);
        loaded.pinProgram(i, programPin(program.id()));
        records.add(
            new ProgramRecord(
                program.id(),
                request.programs().get(i),
                new Bytecode.File(request.object().toString()),
                Map.of(),
                Map.of(),
                program.tag(),
                first,
                null,
                Instant.EPOCH));
      }
      loaded.pinMap("hits", hitsPin(first));
      return records;
    }
  }

  Path programPin(ProgramId id) {
    return pin("prog_" + id);
  }

  Path hitsPin(ProgramId mapSet) {
    return pin("hits_" + mapSet);
  }

  Path linkPin(LinkId id) {
    return pin("link_" + id);
  }

  LinkRecord attach(ProgramRecord program, AttachSpec spec) {
    return attach(program, spec, new TcxPosition.Last());
  }

  LinkRecord attach(ProgramRecord program, AttachSpec spec, TcxPosition position) {
    LinkId id = new LinkId(++lastLink);
    HookId hook =
        spec instanceof AttachSpec.Network network ? kernel.hooks().identify(network.hook()) : null;
    Attachment made =
        kernel.attach(
            new AttachOrder(
                id, program, spec, programPin(program.id()), linkPin(id), hook, position));
    return new LinkRecord(
            id,
            program.id(),
            spec,
            made.notes(),
            0,
            LinkRecord.Stage.ATTACHING,
            Instant.EPOCH,
            null)
        .attached(
            made.kernelLink(),
            hook == null ? null : new Placement(hook, Placement.DIRECT, program.id().value()));
  }

  void detach(LinkRecord link) {
    kernel.detach(link, linkPin(link.id()));
    assertEquals(true, kernel.awaitLinkGone(link.kernelLinkId(), Duration.ofSeconds(5)));
  }

  /** Sum over all CPUs of one slot of the map "hits". */
  long hits(ProgramRecord program, int slot) {
    return page(hitsPin(program.mapSet())).entries().stream()
        .filter(entry -> number(entry.key()) == slot)
        .flatMap(entry -> entry.values().stream())
        .mapToLong(KernelLab::number)
        .sum();
  }

  static long number(Bytes bytes) {
    ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.put(bytes.toArray()).clear();
    return buffer.getLong();
  }

  /** The first entries of a pinned map. */
  MapPage page(Path pin) {
    return kernel.maps().page(new MapRef.Pinned(pin), null);
  }

  Optional<MapEntry> entry(MapPage page, long key) {
    return page.entries().stream().filter(entry -> number(entry.key()) == key).findFirst();
  }

  /** Targets of this process's open descriptors that belong to bpf or perf. */
  static List<String> bpfDescriptors() throws IOException {
    List<String> found = new ArrayList<>();
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

  @Override
  public void close() throws IOException {
    Commands.run("umount", pins.toString());
    assertEquals(List.of(), bpfDescriptors());
  }
}
