package io.bpfman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bpfman.proto.v1.AttachInfo;
import io.bpfman.proto.v1.AttachRequest;
import io.bpfman.proto.v1.KprobeAttachInfo;
import io.bpfman.proto.v1.LoadRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelFunctionCommandsTest {
  private final CliHarness cli = new CliHarness();

  private AttachInfo attached(String type, String... arguments) {
    String program = type.matches("kprobe|kretprobe") ? type + ":count" : type + ":count:vfs_mkdir";
    CliHarness.Result loaded = cli.run("program", "load", "/x.o", "--programs", program);
    assertEquals(0, loaded.code(), loaded.err());
    CliHarness.Result result = cli.run(arguments);
    assertEquals(0, result.code(), result.err());
    return ((AttachRequest) cli.loader().changes().getLast()).getAttach();
  }

  @Test
  void attachKprobeSendsFunctionAndOffset() {
    AttachInfo sent =
        attached("kprobe", "link", "attach", "kprobe", "101", "vfs_mkdir", "--offset", "5");
    assertEquals(
        KprobeAttachInfo.newBuilder().setFnName("vfs_mkdir").setOffset(5).build(),
        sent.getKprobeAttachInfo());
  }

  @Test
  void attachKretprobeSendsTheSameMessage() {
    AttachInfo sent = attached("kretprobe", "link", "attach", "kretprobe", "101", "vfs_mkdir");
    assertEquals("vfs_mkdir", sent.getKprobeAttachInfo().getFnName());
  }

  @ParameterizedTest
  @CsvSource({"fentry,FENTRY_ATTACH_INFO", "fexit,FEXIT_ATTACH_INFO", "lsm,LSM_ATTACH_INFO"})
  void aTargetFixedAtLoadNeedsNoArgumentAtAttach(String type, AttachInfo.InfoCase expected) {
    assertEquals(expected, attached(type, "link", "attach", type, "101").getInfoCase());
    LoadRequest load = (LoadRequest) cli.loader().changes().getFirst();
    assertEquals("count", load.getInfo(0).getName());
    assertEquals(true, load.getInfo(0).hasInfo());
  }
}
