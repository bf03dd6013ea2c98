package io.bpfman.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationKeyTest {
  @Test
  void bothKindsAreReadBackFromTheirText() {
    for (ApplicationKey key :
        List.of(ApplicationKey.of("", "web"), ApplicationKey.of("prod", "web"))) {
      assertEquals(Optional.of(key), ApplicationKey.parse(key.text()));
    }
    assertEquals("ClusterBpfApplication/web", ApplicationKey.of("", "web").text());
    assertEquals("BpfApplication/prod/web", ApplicationKey.of("prod", "web").text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "web",
        "BpfApplication/web",
        "ClusterBpfApplication/prod/web",
        "ClusterBpfApplication/",
        "BpfApplication//web",
        "BpfApplication/prod/",
        "BpfApplication/prod/web/x",
        "XdpProgram/web"
      })
  void nothingElseIsAKey(String text) {
    assertEquals(Optional.empty(), ApplicationKey.parse(text));
  }

  @Test
  void anApplicationIsFoundByNameByNamespaceAndNameAndByAll() {
    String value = "BpfApplication/prod/web";
    for (String wanted : List.of("web", "prod/web", value, "")) {
      assertTrue(ApplicationKey.matches(wanted, value), wanted);
    }
    assertFalse(ApplicationKey.matches("eb", value));
    assertFalse(ApplicationKey.matches("prod", value));
    assertFalse(ApplicationKey.matches("web", ""));
  }

  @Test
  void statesOfAHundredThousandNodesHaveNamesOfTheirOwn() {
    Set<String> names = new HashSet<>();
    for (int node = 0; node < 100_000; node++) {
      names.add(ApplicationKey.ofCluster("web").stateName("node-" + node));
    }
    assertEquals(100_000, names.size());
  }

  @Test
  void aStateIsOfOneKindNamespaceAndNode() {
    ApplicationKey key = ApplicationKey.of("prod", "web");
    assertEquals(key.stateName("n1"), key.stateName("n1"));
    assertNotEquals(key.stateName("n1"), key.stateName("n2"));
    assertNotEquals(key.stateName("n1"), ApplicationKey.of("test", "web").stateName("n1"));
    assertTrue(key.stateName("n1").matches("web-[0-9a-f]{16}"), key.stateName("n1"));
  }

  @Test
  void theLongestNameStillMakesAValidState() {
    String name = "a".repeat(253);
    assertEquals(253, ApplicationKey.ofCluster(name).stateName("n1").length());
    String dotted = "a".repeat(234) + ".-" + "b".repeat(17);
    assertTrue(ApplicationKey.ofCluster(dotted).stateName("n1").matches("a{234}-[0-9a-f]{16}"));
  }
}
