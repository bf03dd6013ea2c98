package io.bpfman.loader.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bpfman.model.ProgramType;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SectionsTest {
  @ParameterizedTest
  @CsvSource({
    "xdp,XDP",
    "xdp.frags,XDP",
    "xdp/devmap,XDP",
    "tc,TC",
    "classifier,TC",
    "tc/ingress,TC",
    "tcx/ingress,TCX",
    "tracepoint/a/b,TRACEPOINT",
    "tp/a/b,TRACEPOINT",
    "kprobe/f,KPROBE",
    "kretprobe/f,KRETPROBE",
    "uprobe/b:f,UPROBE",
    "uprobe.s,UPROBE",
    "uretprobe/b:f,URETPROBE",
    "uretprobe.s/b:f,URETPROBE",
    "fentry/f,FENTRY",
    "fentry.s/f,FENTRY",
    "fexit/f,FEXIT",
    "lsm/h,LSM",
    "lsm.s/h,LSM",
    "?kprobe/f,KPROBE"
  })
  void knowsTheTypeOfASection(String section, ProgramType type) {
    assertEquals(Optional.of(type), Sections.typeOf(section));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?",
        "/",
        "kprobe.multi/f",
        "uprobe.multi",
        "xdp_old",
        "socket",
        "lsm_cgroup/h",
        ".text"
      })
  void hasNoTypeForOtherSections(String section) {
    assertEquals(Optional.empty(), Sections.typeOf(section));
  }
}
