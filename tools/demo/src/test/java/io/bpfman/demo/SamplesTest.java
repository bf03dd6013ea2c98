package io.bpfman.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.BpfmanException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplesTest {
  private static final Path SAMPLES =
      Path.of(System.getProperty("bpfman.root", "../..")).resolve("k8s/samples");

  @Test
  void copiedManifestsNameTheObjectsOfTheirRun(@TempDir Path target) throws IOException {
    assertEquals(4, new Samples(SAMPLES).copyManifests(Path.of("/run/x/objects"), target));
    String text = Files.readString(target.resolve("xdp-counter.yaml"));
    assertTrue(text.contains("path: /run/x/objects/xdp_counter.o"), text);
    assertFalse(text.contains("/run/bpfman-samples"), text);
  }

  @Test
  void everyProgramOfTheSamplesHasACounterThatItsSourceDeclares() throws IOException {
    StringBuilder sources = new StringBuilder();
    for (String name : new String[] {"xdp", "tcx", "tracepoint", "uprobe"}) {
      sources.append(Files.readString(SAMPLES.resolve(name + "_counter.c")));
    }
    Samples.counters()
        .forEach(
            (program, map) -> {
              assertTrue(sources.indexOf("int " + program + "(") >= 0, program);
              assertTrue(sources.indexOf("ONE_SLOT(" + map + ",") >= 0, map);
            });
  }

  @Test
  void anEmptyDirectoryIsRefusedByName(@TempDir Path empty) {
    BpfmanException refused =
        assertThrows(BpfmanException.class, () -> new Samples(empty).copyManifests(empty, empty));
    assertTrue(refused.failure().message().contains(empty.toString()));
  }
}
