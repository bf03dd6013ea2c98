package io.bpfman.cli.program;

import io.bpfman.cli.CliContext;
import io.bpfman.cli.LoaderSession;
import io.bpfman.cli.Pairs;
import io.bpfman.cli.output.Fields;
import io.bpfman.cli.output.OutputOption;
import io.bpfman.cli.output.Table;
import io.bpfman.contract.wire.LoadRequests;
import io.bpfman.model.Bytecode;
import io.bpfman.model.LoadSpec;
import io.bpfman.model.ProgramSpec;
import io.bpfman.proto.x.v1.CheckRequest;
import io.bpfman.proto.x.v1.CheckedProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfman check}. */
@Command(
    name = "check",
    description = "Tells whether an object would load here, and if not why. Leaves nothing.")
public final class CheckCommand implements Callable<Integer> {
  private final CliContext context;

  @Parameters(index = "0", paramLabel = "FILE", description = "Object file.")
  private Path path = Path.of("");

  @Option(
      names = "--programs",
      split = ",",
      paramLabel = "TYPE:NAME[:ATTACH_FUNC]",
      converter = ProgramArgument.class,
      description = "Only these; otherwise all functions, with the types of their sections.")
  private List<ProgramSpec> programs = List.of();

  @Option(
      names = {"-g", "--global"},
      paramLabel = "NAME=HEX",
      description = "Global variable; may be repeated.")
  private Map<String, String> globals = Map.of();

  @Mixin private OutputOption output = new OutputOption();

  public CheckCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Bytecode file = new Bytecode.File(path.toAbsolutePath().normalize().toString());
    LoadSpec spec = new LoadSpec(file, programs, Pairs.bytes(globals), Map.of(), null);
    CheckRequest request = CheckRequest.newBuilder().setLoad(LoadRequests.toProto(spec)).build();
    try (LoaderSession session = context.connect()) {
      List<CheckedProgram> checked =
          session.call(loader -> loader.check(request)).getProgramsList();
      context.print(
          output.format(),
          () ->
              new Fields().put("programs", checked.stream().map(CheckCommand::json).toList()).map(),
          () -> table(checked));
    }
    return 0;
  }

  private static Object json(CheckedProgram program) {
    return new Fields()
        .put("name", program.getName())
        .put("kernel_type", KernelTypes.kernelName(program.getType()))
        .put("verified_instructions", Integer.toUnsignedLong(program.getVerifiedInstructions()))
        .put("bytes_jited", Integer.toUnsignedLong(program.getBytesJited()))
        .map();
  }

  private static String table(List<CheckedProgram> checked) {
    Table table = new Table("WOULD LOAD", "KERNEL TYPE", "VERIFIED INSTRUCTIONS", "JITED BYTES");
    checked.forEach(
        program ->
            table.row(
                program.getName(),
                KernelTypes.kernelName(program.getType()),
                Integer.toUnsignedString(program.getVerifiedInstructions()),
                Integer.toUnsignedString(program.getBytesJited())));
    return table.text();
  }
}
