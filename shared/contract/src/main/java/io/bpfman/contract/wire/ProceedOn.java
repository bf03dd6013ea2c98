package io.bpfman.contract.wire;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.model.TcAction;
import io.bpfman.model.XdpAction;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Proceed-on codes; an empty list means the default of the hook. */
final class ProceedOn {
  private ProceedOn() {}

  static Set<XdpAction> xdp(List<Integer> codes) {
    if (codes.isEmpty()) {
      return XdpAction.defaultProceedOn();
    }
    return codes.stream()
        .map(code -> XdpAction.ofCode(code).orElseThrow(() -> unknown("XDP", code, xdpCodes())))
        .collect(Collectors.toSet());
  }

  static Set<TcAction> tc(List<Integer> codes) {
    if (codes.isEmpty()) {
      return TcAction.defaultProceedOn();
    }
    return codes.stream()
        .map(code -> TcAction.ofCode(code).orElseThrow(() -> unknown("TC", code, tcCodes())))
        .collect(Collectors.toSet());
  }

  private static BpfmanException unknown(String hook, int code, String known) {
    return FailureCode.INVALID_REQUEST.because(
        "proceed_on code %d is no %s action".formatted(code, hook), "use " + known);
  }

  private static String xdpCodes() {
    return Arrays.stream(XdpAction.values())
        .map(action -> action.code() + " " + action.cliName())
        .collect(Collectors.joining(", "));
  }

  private static String tcCodes() {
    return Arrays.stream(TcAction.values())
        .map(action -> action.code() + " " + action.cliName())
        .collect(Collectors.joining(", "));
  }
}
