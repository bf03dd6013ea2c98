package io.bpfman.cli.program;

import io.bpfman.cli.CliContext;
import io.bpfman.cli.LoaderSession;
import io.bpfman.cli.Pairs;
import io.bpfman.cli.Programs;
import io.bpfman.cli.UnsignedId;
import io.bpfman.cli.output.Fields;
import io.bpfman.cli.output.OutputFormat;
import io.bpfman.cli.output.OutputOption;
import io.bpfman.contract.wire.LoadRequests;
import io.bpfman.model.Bytecode;
import io.bpfman.model.LoadSpec;
import io.bpfman.model.MetadataKeys;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramSpec;
import io.bpfman.proto.v1.LoadRequest;
import io.bpfman.proto.v1.LoadResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all ways to load have in common. */
final class LoadOptions {
  @Option(
      names = "--programs",
      required = true,
      split = ",",
      paramLabel = "TYPE:NAME[:ATTACH_FUNC]",
      converter = ProgramArgument.class,
      description =
          "Programs of the object; may be repeated. ATTACH_FUNC for fentry, fexit and lsm.")
  private List<ProgramSpec> programs = List.of();

  @Option(
      names = {"-m", "--metadata"},
      paramLabel = "KEY=VALUE",
      description = "Metadata of the programs, at most 64 KiB; may be repeated.")
  private Map<String, String> metadata = Map.of();

  @Option(
      names = {"-g", "--global"},
      paramLabel = "NAME=HEX",
      description =
          "Value of a global variable, in the node's byte order, all at most 64 KiB; may be"
              + " repeated.")
  private Map<String, String> globals = Map.of();

  @Option(
      names = {"-a", "--application"},
      paramLabel = "NAME",
      description = "Application that the programs belong to.")
  private String application = "";

  @Option(
      names = "--map-owner-id",
      paramLabel = "ID",
      converter = UnsignedId.class,
      description = "Program whose maps are used.")
  private int mapOwner;

  @Mixin private OutputOption output = new OutputOption();

  /**
   * Loads and prints the programs.
   *
   * @param typed path as it was given; null for images
   */
  int load(CliContext context, Bytecode bytecode, @Nullable Path typed) {
    LoadRequest request = LoadRequests.toProto(spec(bytecode, typed));
    try (LoaderSession session = context.connect()) {
      LoadResponse loaded = session.call(loader -> loader.load(request));
      List<ProgramView> views =
          new Programs(session)
              .loaded(loaded.getProgramsList()).stream()
                  .map(program -> new ProgramView(program, List.of()))
                  .toList();
      context.print(
          output.format(),
          () ->
              new Fields().put("programs", views.stream().map(ProgramView::loaded).toList()).map(),
          () -> views.stream().map(ProgramView::text).collect(Collectors.joining("\n")));
    }
    return 0;
  }

  OutputFormat format() {
    return output.format();
  }

  /**
   * @param typed path as it was given; null for images
   */
  LoadSpec spec(Bytecode bytecode, @Nullable Path typed) {
    Map<String, String> all = new LinkedHashMap<>(metadata);
    if (!application.isEmpty()) {
      all.put(MetadataKeys.APPLICATION, application);
    }
    ProgramId owner = mapOwner == 0 ? null : new ProgramId(Integer.toUnsignedLong(mapOwner));
    String source = typed == null || typed.isAbsolute() ? null : typed.toString();
    return new LoadSpec(bytecode, programs, Pairs.bytes(globals), all, owner, source);
  }
}
