package io.bpfman.proto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bpfman.proto.v1.BpfmanProto;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What was compiled against a table that was read off bpfman's own file by a program. Ends that are
 * both ours can agree on a wrong number for ever.
 */
class WireTableTest {
  @Test
  void everythingOfBpfmanV1IsOnTheWireAsBpfmanHasIt() throws IOException {
    List<String> upstream = table("/bpfman-v1-wire.txt");
    assertEquals(114, upstream.size(), "entries of the table");

    assertEquals(sorted(upstream), sorted(WireTable.of(BpfmanProto.getDescriptor())));
  }

  private static Set<String> sorted(List<String> lines) {
    return new TreeSet<>(lines);
  }

  private static List<String> table(String resource) throws IOException {
    try (InputStream text =
        Objects.requireNonNull(WireTableTest.class.getResourceAsStream(resource))) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
