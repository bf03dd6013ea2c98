package io.bpfman.loader.adapter.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyscallNumbersTest {
  @ParameterizedTest
  @CsvSource({"amd64, 321, 298", "x86_64, 321, 298", "aarch64, 280, 241"})
  void numbersAreThoseOfTheMachine(String machine, long bpf, long perfEventOpen) {
    assertEquals(new SyscallNumbers(bpf, perfEventOpen), SyscallNumbers.of(machine));
  }

  @ParameterizedTest
  @ValueSource(strings = {"riscv64", "ppc64le", "s390x", "arm", "i386", ""})
  void anyOtherMachineIsRefusedByName(String machine) {
    BpfmanException refusal = assertThrows(BpfmanException.class, () -> SyscallNumbers.of(machine));
    assertEquals(FailureCode.START_REFUSED, refusal.code());
    assertTrue(refusal.failure().message().contains("\"" + machine + "\""), refusal::getMessage);
    assertTrue(refusal.failure().hint().contains("arm64"), refusal::getMessage);
  }

  @Test
  void thisMachineIsKnown() {
    assertTrue(SyscallNumbers.of(System.getProperty("os.arch")).bpf() > 0);
  }
}
