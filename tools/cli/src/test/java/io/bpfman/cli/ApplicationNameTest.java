package io.bpfman.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ApplicationNameTest {
  @Test
  void anApplicationIsFoundByNameByNamespaceAndNameAndByAll() {
    String value = "BpfApplication/prod/web";
    assertTrue(ApplicationName.matches("web", value));
    assertTrue(ApplicationName.matches("prod/web", value));
    assertTrue(ApplicationName.matches(value, value));
    assertTrue(ApplicationName.matches("", value));
  }

  @Test
  void aPartOfANameIsNone() {
    assertFalse(ApplicationName.matches("eb", "BpfApplication/prod/web"));
    assertFalse(ApplicationName.matches("prod", "BpfApplication/prod/web"));
    assertFalse(ApplicationName.matches("web", ""));
  }
}
