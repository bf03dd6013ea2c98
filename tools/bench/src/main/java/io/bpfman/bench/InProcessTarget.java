package io.bpfman.bench;

import io.bpfman.loader.core.LoaderCore;
import io.bpfman.loader.daemon.LoaderInstance;
import io.bpfman.model.Bytecode;
import io.bpfman.model.LinkId;
import io.bpfman.model.LoadSpec;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramSpec;
import java.util.List;
import java.util.Map;

/** The loader's core called directly: what the JVM and the store cost, without the socket. */
final class InProcessTarget implements Target {
  private final Setting setting;
  private final LoaderInstance instance;
  private final LoaderCore core;

  InProcessTarget(Setting setting) {
    this.setting = setting;
    instance = LoaderInstance.open(setting.directory().resolve("inprocess"));
    core = instance.core();
  }

  @Override
  public String name() {
    return "in-process";
  }

  @Override
  public long load(Kind kind) {
    LoadSpec spec =
        new LoadSpec(
            new Bytecode.File(setting.object().toString()),
            List.of(new ProgramSpec(kind.function(), kind.type())),
            Map.of(),
            Map.of(),
            null);
    return core.programs().load(spec).getFirst().record().id().value();
  }

  @Override
  public long attach(Kind kind, long program) {
    return core.links()
        .attach(new ProgramId(program), kind.attachSpec(setting), Map.of())
        .id()
        .value();
  }

  @Override
  public void detach(long link) {
    core.links().detach(new LinkId(link));
  }

  @Override
  public void unload(long program) {
    core.programs().unload(new ProgramId(program));
  }

  @Override
  public void close() {
    instance.close();
  }
}
