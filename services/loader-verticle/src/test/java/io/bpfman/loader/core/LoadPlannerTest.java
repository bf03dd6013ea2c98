package io.bpfman.loader.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.loader.port.ObjectFacts;
import io.bpfman.loader.port.ObjectLoad;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Bytecode;
import io.bpfman.model.Bytes;
import io.bpfman.model.FailureCode;
import io.bpfman.model.LoadSpec;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadPlannerTest {
  private static final Path OBJECT = Path.of("/objects/app.o");
  private static final ObjectFacts.Variable LIMIT =
      new ObjectFacts.Variable("limit", ".rodata", 4, 4);
  private static final ObjectFacts FACTS =
      new ObjectFacts(
          Map.of("pass", "xdp", "classify", "tc", "leave", "uretprobe", "odd", "struct_ops/x"),
          Map.of("limit", LIMIT),
          List.of("counters"));

  @Test
  void returnProbeIsDecidedByTheSection() {
    ObjectLoad plan = plan(spec(new ProgramSpec("leave", ProgramType.UPROBE)));
    assertEquals(ProgramType.URETPROBE, plan.programs().getFirst().type());
  }

  @Test
  void tcSectionServesBothTcAndTcx() {
    assertEquals(ProgramType.TCX, plannedType("classify", ProgramType.TCX));
    assertEquals(ProgramType.TC, plannedType("classify", ProgramType.TC));
  }

  @Test
  void unknownFunctionListsThoseThatThereAre() {
    BpfmanException e = refused(spec(new ProgramSpec("pas", ProgramType.XDP)));
    assertEquals(FailureCode.FUNCTION_NOT_FOUND, e.code());
    assertTrue(e.getMessage().contains("\"pas\""), e.getMessage());
    assertTrue(e.getMessage().contains("classify"), e.getMessage());
  }

  @Test
  void sectionOfAnotherTypeSaysWhichTypeFits() {
    BpfmanException e = refused(spec(new ProgramSpec("pass", ProgramType.TRACEPOINT)));
    assertEquals(FailureCode.SECTION_MISMATCH, e.code());
    assertTrue(e.getMessage().contains("load it as type xdp"), e.getMessage());
  }

  @Test
  void sectionOfNoSupportedTypeIsRefused() {
    BpfmanException e = refused(spec(new ProgramSpec("odd", ProgramType.XDP)));
    assertEquals(FailureCode.SECTION_MISMATCH, e.code());
    assertTrue(e.getMessage().contains("struct_ops/x"), e.getMessage());
  }

  @Test
  void functionNamedTwiceIsRefused() {
    ProgramSpec pass = new ProgramSpec("pass", ProgramType.XDP);
    assertEquals(FailureCode.INVALID_REQUEST, refused(spec(pass, pass)).code());
  }

  @Test
  void globalOfRightSizeIsPlaced() {
    ObjectLoad plan = plan(withGlobal("limit", Bytes.of((byte) 1, (byte) 0, (byte) 0, (byte) 0)));
    assertEquals(Bytes.ofHex("01000000"), plan.globals().get(LIMIT));
  }

  @Test
  void globalOfWrongSizeNamesBothSizes() {
    BpfmanException e = refused(withGlobal("limit", Bytes.of((byte) 1)));
    assertEquals(FailureCode.GLOBAL_DATA_INVALID, e.code());
    assertTrue(e.getMessage().contains("4 bytes long, the given value 1"), e.getMessage());
  }

  @Test
  void unknownGlobalListsThoseThatThereAre() {
    BpfmanException e = refused(withGlobal("limits", Bytes.of((byte) 1)));
    assertEquals(FailureCode.GLOBAL_DATA_INVALID, e.code());
    assertTrue(e.getMessage().contains("it has: limit"), e.getMessage());
  }

  @Test
  void onlyMapsThatTheObjectDeclaresAreReused() {
    Map<String, Path> owner = Map.of("counters", Path.of("/a"), "other", Path.of("/b"));
    ObjectLoad plan =
        new LoadPlanner(OBJECT, FACTS)
            .plan(spec(new ProgramSpec("pass", ProgramType.XDP)), owner, Path.of("/shared"));
    assertEquals(Map.of("counters", Path.of("/a")), plan.reusedMaps());
  }

  private static ProgramType plannedType(String function, ProgramType type) {
    return plan(spec(new ProgramSpec(function, type))).programs().getFirst().type();
  }

  private static LoadSpec spec(ProgramSpec... programs) {
    return new LoadSpec(
        new Bytecode.File(OBJECT.toString()), List.of(programs), Map.of(), Map.of(), null);
  }

  private static LoadSpec withGlobal(String name, Bytes value) {
    return new LoadSpec(
        new Bytecode.File(OBJECT.toString()),
        List.of(new ProgramSpec("pass", ProgramType.XDP)),
        Map.of(name, value),
        Map.of(),
        null);
  }

  private static ObjectLoad plan(LoadSpec spec) {
    return new LoadPlanner(OBJECT, FACTS).plan(spec, Map.of(), Path.of("/shared"));
  }

  private static BpfmanException refused(LoadSpec spec) {
    return assertThrows(BpfmanException.class, () -> plan(spec));
  }
}
