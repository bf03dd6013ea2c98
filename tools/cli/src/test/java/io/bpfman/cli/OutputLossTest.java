package io.bpfman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.testkit.FakeLoader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Output that gets lost is a failure: scripts would go on with half of it. */
class OutputLossTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "program list -o json",
        "link list -o json",
        "dispatcher list -o json",
        "probe -o json",
        "doctor",
        "program load /x.o --programs xdp:a",
        "version",
        "completion bash",
        "program --help",
        "--version"
      })
  void fullDiskIsSaidAndEndsWithOne(String words) throws IOException {
    StringWriter err = new StringWriter();
    try (FileOutputStream full = new FileOutputStream("/dev/full")) {
      FakeLoader loader = new FakeLoader();
      int code =
          new Commands(
                  _ -> new LoaderSession(loader, () -> {}, Duration.ofSeconds(5)),
                  Map.of(),
                  new PrintWriter(full, true),
                  new PrintWriter(err, true))
              .run(List.of(words.split(" ")));
      assertEquals(1, code, err.toString());
      assertTrue(err.toString().contains("output could not be written"), err.toString());
    }
  }
}
