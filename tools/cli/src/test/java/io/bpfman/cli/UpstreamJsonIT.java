package io.bpfman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.testkit.BpfCompiler;
import io.bpfman.testkit.TestNetns;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What commands print as JSON about real programs is what bpfman prints, by names and types. */
@Tag("kernel")
class UpstreamJsonIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Path ROOT = Path.of(System.getProperty("bpfman.root"));
  private static final String NO_DETAILS = "FentryDetails";

  @TempDir Path directory;
  private Path object;
  private UpstreamJson upstream;

  @BeforeEach
  void compile() throws IOException {
    upstream = new UpstreamJson();
    Path source = ROOT.resolve("services/loader-verticle/src/test/resources/bpf/types.bpf.c");
    object = BpfCompiler.compile(directory, "types", Files.readString(source));
  }

  @AfterEach
  void unmount() {
    io.bpfman.testkit.Commands.tryRun("umount", runtimeDir().resolve("fs").toString());
  }

  @ParameterizedTest
  @CsvSource({
    "xdp, count_xdp, XDPDetails",
    "tc, count_tc, TCDetails",
    "tcx, count_tcx, TCXDetails",
    "tracepoint, count_tracepoint, TracepointDetails",
    "uprobe, count_uprobe, UprobeDetails",
    "uretprobe, count_uretprobe, UprobeDetails"
  })
  void programsAndLinksOfEachTypeAreWrittenAsUpstreamWritesThem(
      String type, String function, String details) {
    try (TestNetns netns = TestNetns.create()) {
      JsonNode loaded = load(type + ":" + function);
      upstream.check("LoadResult", loaded, details);
      JsonNode program = loaded.at("/programs/0");
      String id = program.at("/record/program_id").asString();
      checkLoaded(program, type, function, id);
      List<String> attach = new ArrayList<>(List.of("link", "attach", type, id));
      attach.addAll(attachPoint(type, netns.path().toString()));
      JsonNode link = json(attach);
      upstream.check("Link", link, details);
      assertEquals(type, link.at("/record/kind").asString());
      checkListed(id, type, link.at("/record/id").asString(), details);
    }
  }

  private void checkLoaded(JsonNode program, String type, String function, String id) {
    assertEquals(type, program.at("/record/load/program_type").asString());
    assertEquals(function, program.at("/record/load/program_name").asString());
    assertEquals("Dual BSD/GPL", program.at("/record/license").asString());
    assertTrue(program.at("/record/updated_at").isNull());
    assertEquals("{\"k\":\"v\"}", program.at("/record/meta/metadata").toString());
    assertTrue(program.at("/record/created_at").asString().matches("[0-9T:-]{19}Z"));
    assertEquals("[" + id + "]", program.at("/status/map_used_by").toString());
    assertEquals("hits", program.at("/status/maps/0/name").asString());
    assertEquals("percpuarray", program.at("/status/maps/0/map_type").asString());
    Path copy = runtimeDir().resolve("programs").resolve(id).resolve("bytecode.o");
    assertEquals(copy.toString(), program.at("/record/load/object_path").asString());
    assertEquals(copy.toString(), program.at("/status/bytecode").asString());
    assertEquals(object.toString(), program.at("/record/load/source_path").asString());
    assertTrue(Files.isRegularFile(copy));
    JsonNode provenance = read(copy.resolveSibling("provenance.json"));
    upstream.check("fs.Provenance", provenance, NO_DETAILS);
    assertEquals(object.toString(), provenance.at("/source").asString());
  }

  private void checkListed(String id, String type, String link, String details) {
    JsonNode program = json(List.of("program", "get", id));
    upstream.check("Program", program, details);
    assertEquals(0, program.at("/status/stats/run_count").asInt());
    assertTrue(program.at("/status/maps/0/present").asBoolean());
    upstream.check("ProgramListResult", json(List.of("program", "list")), details);
    upstream.check("ProgramListResult", json(List.of("program", "list", "--all")), details);
    upstream.check("Link", json(List.of("link", "get", link)), details);
    JsonNode links = json(List.of("link", "list", "--program-type", type));
    upstream.check("LinkListResult", links, details);
    assertEquals(1, links.at("/links").size());
  }

  @Test
  void hookWithOneProgramIsADispatcherWithIdZero() {
    try (TestNetns netns = TestNetns.create()) {
      for (String type : List.of("xdp", "tc")) {
        String id = load(type + ":count_" + type).at("/programs/0/record/program_id").asString();
        List<String> attach = new ArrayList<>(List.of("link", "attach", type, id));
        attach.addAll(attachPoint(type, netns.path().toString()));
        JsonNode details = json(attach).at("/record/details");
        assertEquals(0, details.at("/dispatcher_id").asInt());
        String kind = type.equals("xdp") ? "xdp" : "tc-ingress";
        String nsid = details.at("/nsid").asString();
        String ifindex = details.at("/ifindex").asString();
        JsonNode one = json(List.of("dispatcher", "get", kind, nsid, ifindex));
        upstream.check("platform.DispatcherSnapshot", one, NO_DETAILS);
        assertEquals(0, one.at("/runtime/program_id").asInt());
        assertEquals(id, one.at("/members/0/program_id").asString());
        JsonNode list = json(List.of("dispatcher", "list", "--type", kind));
        upstream.check("platform.DispatcherListResult", list, NO_DETAILS);
        assertEquals(1, list.at("/dispatchers/0/member_count").asInt());
      }
    }
  }

  @Test
  void programThatIsAtATcxHookAlreadyIsToldByItsLink() {
    try (TestNetns netns = TestNetns.create()) {
      String id = load("tcx:count_tcx").at("/programs/0/record/program_id").asString();
      List<String> attach = new ArrayList<>(List.of("link", "attach", "tcx", id));
      attach.addAll(attachPoint("tcx", netns.path().toString()));
      String link = json(attach).at("/record/id").asString();
      CliHarness.Result again = run(attach);
      assertEquals(1, again.code());
      assertTrue(again.err().contains("as link " + link), again.err());
    }
  }

  @Test
  void typeThatDoesNotFitItsSectionIsAMismatch() {
    CliHarness.Result refused =
        run(List.of("program", "load", "file", object.toString(), "--programs", "xdp:count_tc"));
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("program type mismatch"), refused.err());
  }

  private static List<String> attachPoint(String type, String netns) {
    return switch (type) {
      case "xdp" -> List.of(TestNetns.INTERFACE, "-p", "50", "-n", netns);
      case "tc", "tcx" -> List.of(TestNetns.INTERFACE, "ingress", "-p", "50", "-n", netns);
      case "tracepoint" -> List.of("syscalls/sys_enter_getpgid");
      default -> List.of("libc", "-f", "malloc");
    };
  }

  @Test
  void whoAsksForAReturnProbeGetsOneWhateverTheSectionSays() {
    JsonNode loaded = load("kretprobe:count_kprobe");
    assertEquals("kretprobe", loaded.at("/programs/0/record/load/program_type").asString());
    assertEquals("kprobe", loaded.at("/programs/0/status/kernel/program_type").asString());
  }

  @Test
  void mapOwnerIsWhoMadeTheMaps() {
    String owner = load("xdp:count_xdp").at("/programs/0/record/program_id").asString();
    String dependant =
        load("xdp:count_xdp", "--map-owner-id", owner)
            .at("/programs/0/record/program_id")
            .asString();
    CliHarness.Result refused =
        run(
            List.of(
                "program",
                "load",
                "file",
                object.toString(),
                "--programs",
                "xdp:count_xdp",
                "--map-owner-id",
                dependant));
    assertEquals(1, refused.code());
    assertTrue(
        refused.err().contains("map_owner_id " + dependant + " does not exist"), refused.err());
  }

  private JsonNode load(String program, String... flags) {
    List<String> words =
        new ArrayList<>(
            List.of("program", "load", "file", object.toString(), "--programs", program));
    words.addAll(List.of("-m", "k=v"));
    words.addAll(List.of(flags));
    return json(words);
  }

  private JsonNode json(List<String> words) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of("-o", "json"));
    CliHarness.Result result = run(all);
    assertEquals(0, result.code(), result.err());
    return JsonMapper.shared().readTree(result.out());
  }

  private static JsonNode read(Path file) {
    return JsonMapper.shared().readTree(file);
  }

  private Path runtimeDir() {
    return directory.resolve("run");
  }

  private CliHarness.Result run(List<String> words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Map<String, String> environment =
        Map.of(
            "BPFMAN_SOCKET_PATH", directory.resolve("none.sock").toString(),
            "BPFMAN_RUNTIME_DIR", runtimeDir().toString());
    int code =
        new io.bpfman.cli.Commands(
                new DaemonOrLocal(new GrpcOpener(LIMIT), new InProcessOpener(LIMIT), true),
                environment,
                new PrintWriter(out, true),
                new PrintWriter(err, true))
            .run(words);
    return new CliHarness.Result(code, out.toString(), err.toString());
  }
}
