package io.bpfman.loader.daemon;

import io.bpfman.loader.core.LoaderCore;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.LinkId;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramSpec;
import io.bpfman.testkit.TestNetns;
import java.util.List;
import java.util.Map;

/** The operations during which the process is killed. */
enum CrashOperation {
  LOAD_ONE((s, core) -> 0, (s, core, none) -> s.load(core, CrashSetting.XDP)),
  LOAD_SEVERAL(
      (s, core) -> 0,
      (s, core, none) -> s.load(core, CrashSetting.XDP, CrashSetting.TC, CrashSetting.TRACEPOINT)),
  LOAD_WITH_GLOBALS_AND_SHARED_MAP(
      (s, core) -> 0, (s, core, none) -> s.loadShared(core, "crash_shared_xdp")),
  LOAD_SECOND_USER_OF_SHARED_MAP(
      (s, core) -> s.loadShared(core, "crash_shared_xdp").value(),
      (s, core, none) -> s.loadShared(core, "crash_shared_xdp")),
  LOAD_WITH_MAP_OWNER(
      (s, core) -> s.load(core, CrashSetting.XDP).value(),
      (s, core, owner) -> s.load(core, new ProgramId(owner), CrashSetting.TC)),
  ATTACH_XDP(CrashSetting.XDP, Kind.XDP),
  ATTACH_TC(CrashSetting.TC, Kind.TC),
  ATTACH_TCX(CrashSetting.TCX, Kind.TCX),
  ATTACH_TRACEPOINT(CrashSetting.TRACEPOINT, Kind.TRACEPOINT),
  ATTACH_UPROBE(CrashSetting.UPROBE, Kind.UPROBE),
  DETACH_XDP(Kind.XDP, CrashSetting.XDP),
  DETACH_TC(Kind.TC, CrashSetting.TC),
  DETACH_TCX(Kind.TCX, CrashSetting.TCX),
  DETACH_TRACEPOINT(Kind.TRACEPOINT, CrashSetting.TRACEPOINT),
  DETACH_UPROBE(Kind.UPROBE, CrashSetting.UPROBE),
  REPLACE_XDP(CrashSetting.XDP, Kind.XDP, CrashSetting.XDP),
  REPLACE_TC(CrashSetting.TC, Kind.TC, CrashSetting.TC),
  REPLACE_TCX(CrashSetting.TCX, Kind.TCX, CrashSetting.TCX),
  REPLACE_TRACEPOINT(CrashSetting.TRACEPOINT, Kind.TRACEPOINT, CrashSetting.TRACEPOINT),
  REPLACE_UPROBE(CrashSetting.UPROBE, Kind.UPROBE, CrashSetting.UPROBE),
  REPLACE_BY_ANOTHER_SET(CrashSetting.UPROBE, Kind.UPROBE, CrashSetting.TC, CrashSetting.XDP),
  REPLACE_SEVERAL(
      CrashOperation::severalWithLinks,
      (s, core, first) ->
          s.replace(core, first, CrashSetting.TRACEPOINT, CrashSetting.XDP, CrashSetting.UPROBE)),
  REPLACE_USER_OF_SHARED_MAP(
      (s, core) -> s.loadShared(core, "crash_shared_xdp").value(),
      (s, core, id) -> s.replaceShared(core, id, "crash_shared_xdp")),
  UNLOAD_ONE((s, core) -> s.load(core, CrashSetting.XDP).value(), CrashOperation::unload),
  UNLOAD_WITH_LINKS(CrashOperation::programWithLinks, CrashOperation::unload),
  UNLOAD_WITH_TC_FILTER(
      (s, core) -> attached(s, core, CrashSetting.TC, Kind.TC)[0], CrashOperation::unload),
  UNLOAD_MAP_OWNER((s, core) -> ownerAndUser(s, core)[0], CrashOperation::unload),
  UNLOAD_USER_OF_OWNED_MAPS((s, core) -> ownerAndUser(s, core)[1], CrashOperation::unload),
  UNLOAD_LAST_USER_OF_SHARED_MAP(
      (s, core) -> s.loadShared(core, "crash_shared_xdp").value(), CrashOperation::unload);

  /** Makes what the operation needs, in the parent; answers the id that it works on. */
  @FunctionalInterface
  interface Preparation {
    long run(CrashSetting setting, LoaderCore core);
  }

  /** The operation itself, in the process that is killed. */
  @FunctionalInterface
  interface Act {
    void run(CrashSetting setting, LoaderCore core, long target);
  }

  private enum Kind {
    XDP,
    TC,
    TCX,
    TRACEPOINT,
    UPROBE;

    AttachSpec spec(CrashSetting setting) {
      return switch (this) {
        case XDP -> setting.xdp(TestNetns.INTERFACE);
        case TC -> setting.tc(TestNetns.INTERFACE);
        case TCX -> setting.tcx(10);
        case TRACEPOINT -> CrashSetting.tracepoint();
        case UPROBE -> CrashSetting.uprobe();
      };
    }
  }

  private final Preparation preparation;
  private final Act act;

  CrashOperation(Preparation preparation, Act act) {
    this.preparation = preparation;
    this.act = act;
  }

  CrashOperation(ProgramSpec program, Kind kind) {
    this(
        (s, core) -> s.load(core, program).value(),
        (s, core, id) ->
            core.links().attach(new ProgramId(id), kind.spec(s), Map.of("made", "by-test")));
  }

  CrashOperation(Kind kind, ProgramSpec program) {
    this(
        (s, core) -> attached(s, core, program, kind)[1],
        (s, core, link) -> core.links().detach(new LinkId(link)));
  }

  /** Of an attached program; {@code successors} are the new version. */
  CrashOperation(ProgramSpec program, Kind kind, ProgramSpec... successors) {
    this(
        (s, core) -> attached(s, core, program, kind)[0],
        (s, core, id) -> s.replace(core, id, successors));
  }

  long prepare(CrashSetting setting, LoaderCore core) {
    return preparation.run(setting, core);
  }

  void run(CrashSetting setting, LoaderCore core, long target) {
    act.run(setting, core, target);
  }

  private static void unload(CrashSetting setting, LoaderCore core, long program) {
    core.programs().unload(new ProgramId(program));
  }

  private static long[] attached(
      CrashSetting setting, LoaderCore core, ProgramSpec program, Kind kind) {
    ProgramId id = setting.load(core, program);
    return new long[] {
      id.value(), core.links().attach(id, kind.spec(setting), Map.of()).id().value()
    };
  }

  private static long programWithLinks(CrashSetting setting, LoaderCore core) {
    ProgramId id = setting.load(core, CrashSetting.UPROBE);
    for (int i = 0; i < 3; i++) {
      core.links().attach(id, CrashSetting.uprobe(), Map.of());
    }
    return id.value();
  }

  /** Three programs of one load, two of them attached; answers the id of the first. */
  private static long severalWithLinks(CrashSetting setting, LoaderCore core) {
    List<ProgramId> ids =
        setting.loadAll(core, CrashSetting.XDP, CrashSetting.TC, CrashSetting.UPROBE);
    core.links().attach(ids.get(0), Kind.XDP.spec(setting), Map.of());
    core.links().attach(ids.get(1), Kind.TC.spec(setting), Map.of());
    core.links().attach(ids.get(2), Kind.UPROBE.spec(setting), Map.of());
    return ids.getFirst().value();
  }

  private static long[] ownerAndUser(CrashSetting setting, LoaderCore core) {
    ProgramId owner = setting.load(core, CrashSetting.XDP);
    return new long[] {owner.value(), setting.load(core, owner, CrashSetting.TC).value()};
  }
}
