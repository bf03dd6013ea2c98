package io.bpfman.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberNameTest {
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
    assertEquals(new MemberName(host, port), MemberName.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ":5701", "a:", "a:b", "a:0", "a:65536", "[::1", "[]:1", "[", "[::1]5701"})
  void refusesWhatIsNeither(String text) {
    BpfmanException thrown = assertThrows(BpfmanException.class, () -> MemberName.parse(text));
    assertEquals(FailureCode.CONFIGURATION_INVALID, thrown.failure().code());
    assertTrue(thrown.getMessage().contains("\"" + text + "\""), thrown.getMessage());
  }

  @Test
  void anAddressIsItsOwnAnswer() {
    assertEquals(
        List.of("/127.0.0.2:5701"),
        MemberName.parse("127.0.0.2").resolve().stream().map(Object::toString).toList());
  }

  @Test
  void aClusterWithAMemberThatCannotBeReadIsRefusedBeforeAnythingStarts() {
    assertThrows(
        BpfmanException.class,
        () -> new ClusterConfig("c", "127.0.0.1", null, 0, List.of("a:b"), false));
  }
}
