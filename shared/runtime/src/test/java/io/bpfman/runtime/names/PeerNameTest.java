package io.bpfman.runtime.names;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.runtime.cluster.ClusterConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerNameTest {
  @ParameterizedTest
  @CsvSource({
    "operators:5702, operators, 5702",
    "operators, operators, 5701",
    "10.0.0.1:1, 10.0.0.1, 1",
    "[fd00::1]:5702, fd00::1, 5702",
    "[fd00::1], fd00::1, 5701",
    "fd00::1, fd00::1, 5701",
    "::1, ::1, 5701"
  })
  void readsNamesAndAddressesWithAndWithoutPort(String text, String host, int port) {
    assertEquals(new PeerName(host, port), PeerName.parse(text, 5701));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ":5701", "a:", "a:b", "a:0", "a:65536", "[::1", "[]:1", "[", "[::1]5701"})
  void refusesWhatIsNeither(String text) {
    BpfmanException thrown = assertThrows(BpfmanException.class, () -> PeerName.parse(text, 5701));
    assertEquals(FailureCode.CONFIGURATION_INVALID, thrown.failure().code());
    assertTrue(thrown.getMessage().contains("\"" + text + "\""), thrown.getMessage());
  }

  @Test
  void anAddressIsItsOwnAnswer() {
    assertEquals(
        List.of("/127.0.0.2:5701"),
        PeerName.parse("127.0.0.2", 5701).resolve().stream().map(Object::toString).toList());
  }

  @Test
  void aClusterWithAMemberThatCannotBeReadIsRefusedBeforeAnythingStarts() {
    assertThrows(
        BpfmanException.class,
        () -> new ClusterConfig("c", "127.0.0.1", null, 0, List.of("a:b"), false));
  }
}
