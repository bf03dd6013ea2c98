package io.bpfman.api.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bpfman.model.BpfmanException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestValuesTest {
  static List<ManifestValues.Case> cases() {
    return ManifestValues.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aValueIsWhatTheApiServerMakesOfIt(ManifestValues.Case value) {
    String expected = value.expected().replace(ManifestValues.UNREADABLE, ManifestValues.REFUSED);
    assertEquals(expected, read(value), value.manifest());
  }

  private static String read(ManifestValues.Case value) {
    try {
      var all = ManifestReader.readResources("values.yaml", value.manifest());
      return StoredValue.of(value.field(), all.getFirst());
    } catch (BpfmanException refused) {
      return ManifestValues.REFUSED;
    }
  }
}
