package io.bpfman.model;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestBoundsTest {
  @Test
  void metadataCountTheirBytesNotTheirLetters() {
    String half = "ä".repeat(RequestBounds.METADATA_BYTES / 4);
    Map<String, String> full =
        Map.of("k", half, "l", "x".repeat(RequestBounds.METADATA_BYTES / 2 - 2));
    assertEquals(RequestBounds.METADATA_BYTES, RequestBounds.metadataBytes(full));
    assertDoesNotThrow(() -> RequestBounds.requireMetadata(full));
    Map<String, String> more = Map.of("k", half, "lm", full.get("l"));
    BpfmanException refused =
        assertThrows(BpfmanException.class, () -> RequestBounds.requireMetadata(more));
    assertEquals(FailureCode.INVALID_REQUEST, refused.code());
    assertTrue(refused.getMessage().contains("65537 bytes"), refused.getMessage());
    assertTrue(refused.getMessage().contains("the limit is 65536 (64 KiB)"), refused.getMessage());
  }

  @Test
  void globalDataCountNamesAndValues() {
    Map<String, Bytes> more = Map.of("table", Bytes.of(new byte[RequestBounds.GLOBAL_DATA_BYTES]));
    BpfmanException refused =
        assertThrows(BpfmanException.class, () -> RequestBounds.requireGlobalData(more));
    assertTrue(refused.getMessage().contains("65541 bytes"), refused.getMessage());
    assertTrue(refused.failure().hint().contains("bpfman map update"), refused.failure().hint());
  }
}
