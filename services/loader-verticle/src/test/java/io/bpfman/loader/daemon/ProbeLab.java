package io.bpfman.loader.daemon;

import io.bpfman.loader.core.LinkView;
import io.bpfman.loader.core.LoaderCore;
import io.bpfman.loader.core.MapOperations;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.Bytecode;
import io.bpfman.model.Bytes;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.LoadSpec;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import io.bpfman.testkit.BpfCompiler;
import io.bpfman.testkit.Commands;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A loader with one program that counts calls. Closing it unmounts what it mounted. */
final class ProbeLab implements AutoCloseable {
  private final Path runtimeDir;
  private final ProgramId program;
  private LoaderInstance loader;

  ProbeLab(Path directory) throws IOException {
    runtimeDir = directory.resolve("run");
    loader = LoaderInstance.open(runtimeDir);
    Path source = directory.resolve("daemon.bpf.c");
    try (InputStream text =
        Objects.requireNonNull(ProbeLab.class.getResourceAsStream("/bpf/daemon.bpf.c"))) {
      Files.copy(text, source);
    }
    Path object = BpfCompiler.compile(source, directory.resolve("daemon.bpf.o"));
    LoadSpec spec =
        new LoadSpec(
            new Bytecode.File(object.toString()),
            List.of(new ProgramSpec("count_uprobe", ProgramType.UPROBE)),
            Map.of(),
            Map.of(),
            null);
    program = core().programs().load(spec).getFirst().record().id();
  }

  LoaderCore core() {
    return loader.core();
  }

  /** As after the end of a daemon. */
  void restart() {
    loader.close();
    loader = LoaderInstance.open(runtimeDir);
  }

  /** What the latest start repaired. */
  List<String> repairs() {
    return loader.repairs();
  }

  LinkRecord attach(AttachSpec spec) {
    return core().links().attach(program, spec, Map.of());
  }

  /** The only one. */
  LinkView link() {
    List<LinkView> links = core().inventory().links(null, Map.of());
    if (links.size() != 1) {
      throw new IllegalStateException("there are other links than one: " + links);
    }
    return links.getFirst();
  }

  /** Calls that were counted. */
  long hits() {
    MapOperations maps = core().maps();
    Bytes key = Bytes.of(new byte[Integer.BYTES]);
    Bytes value = maps.lookup(maps.map(program, "hits"), key).values().getFirst();
    return ByteBuffer.wrap(value.toArray()).order(ByteOrder.nativeOrder()).getLong();
  }

  /** Links of the kernel that run the program. */
  int kernelLinks() {
    String listed = Commands.run("bpftool", "--json", "link", "show");
    Matcher link = Pattern.compile("\"prog_id\":" + program + "\\b").matcher(listed);
    return (int) link.results().count();
  }

  @Override
  public void close() {
    loader.close();
    Commands.tryRun("umount", runtimeDir.resolve("fs").toString());
  }
}
