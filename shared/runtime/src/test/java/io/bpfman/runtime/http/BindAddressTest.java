package io.bpfman.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BindAddressTest {
  @ParameterizedTest
  @CsvSource({
    ":8175, 0.0.0.0, 8175",
    "127.0.0.1:0, 127.0.0.1, 0",
    "localhost:65535, localhost, 65535",
    "[::1]:8443, ::1, 8443"
  })
  void everyFormIsRead(String text, String host, int port) {
    assertEquals(Optional.of(new BindAddress(host, port)), BindAddress.parse(text));
  }

  @Test
  void zeroSwitchesOff() {
    assertEquals(Optional.empty(), BindAddress.parse("0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8175", "localhost", "::1:80", ":", ":x", ":65536", ":-1"})
  void otherTextIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> BindAddress.parse(text));
  }
}
