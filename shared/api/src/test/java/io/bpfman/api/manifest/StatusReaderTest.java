package io.bpfman.api.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bpfman.api.v1alpha1.ApplicationProgramType;
import io.bpfman.api.v1alpha1.ApplicationStateStatus;
import io.bpfman.api.v1alpha1.ClusterBpfApplicationState;
import io.bpfman.api.v1alpha1.ProgramStatus;
import io.bpfman.api.v1alpha1.XdpLinkStatus;
import io.bpfman.api.v1alpha1.XdpProceedOn;
import io.bpfman.api.v1alpha1.XdpProgramStatus;
import io.bpfman.model.BpfmanException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusReaderTest {
  private final Path directory;

  StatusReaderTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private static ClusterBpfApplicationState state() {
    XdpLinkStatus link = new XdpLinkStatus();
    link.setUuid("u");
    link.setLinkId(4294967295L);
    link.setInterfaceName("eth0");
    link.setPriority(0);
    link.setProceedOn(List.of(XdpProceedOn.TX));
    XdpProgramStatus xdp = new XdpProgramStatus();
    xdp.setLinks(List.of(link));
    ProgramStatus program = new ProgramStatus();
    program.setName("count");
    program.setType(ApplicationProgramType.XDP);
    program.setXdp(xdp);
    ApplicationStateStatus status = new ApplicationStateStatus();
    status.setNode("n1");
    status.setPrograms(List.of(program));
    ClusterBpfApplicationState state = new ClusterBpfApplicationState();
    state.getMetadata().setName("a-00000001");
    state.setStatus(status);
    return state;
  }

  @Test
  void readsBackWhatTheWriterWrote() throws IOException {
    String yaml = ManifestWriter.toYaml(state());
    Files.createDirectories(ManifestLayout.states(directory));
    Files.writeString(ManifestLayout.state(directory, "a-00000001"), yaml);
    List<ClusterBpfApplicationState> read = StatusReader.states(directory);
    assertEquals(List.of(yaml), read.stream().map(ManifestWriter::toYaml).toList());
  }

  @Test
  void nothingWrittenYetIsEmpty() {
    assertEquals(List.of(), StatusReader.applications(directory));
    assertEquals(List.of(), StatusReader.states(directory));
    assertEquals(List.of(), StatusReader.problems(directory));
  }

  @Test
  void readsProblemsBack() throws IOException {
    ManifestProblem problem = new ManifestProblem("a.yaml", 1, 2, "spec", "is bad: \"x\"");
    Files.createDirectories(ManifestLayout.status(directory));
    Files.writeString(
        ManifestLayout.problems(directory),
        ManifestWriter.toYaml(new ManifestProblems(List.of(problem))));
    assertEquals(List.of(problem), StatusReader.problems(directory));
  }

  @Test
  void aForeignFileIsNamed() throws IOException {
    Files.createDirectories(ManifestLayout.states(directory));
    Files.writeString(ManifestLayout.state(directory, "x"), "status: [");
    assertThrows(BpfmanException.class, () -> StatusReader.states(directory));
  }
}
