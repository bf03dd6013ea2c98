package io.bpfman.loader.core;

import io.bpfman.model.AttachSpec;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.TcAction;
import io.bpfman.model.XdpAction;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** How the programs of one hook are arranged. Pure. */
final class ChainLayout {
  /** By priority, at equal priority the older first; ids are given in the order of attaching. */
  static final Comparator<LinkRecord> RUN_ORDER =
      Comparator.comparingInt(ChainLayout::priority).thenComparing(LinkRecord::id);

  /** TC verdicts begin at -1. */
  private static final int TC_BIAS = 1;

  private ChainLayout() {}

  static List<LinkRecord> ordered(List<LinkRecord> members) {
    return members.stream().sorted(RUN_ORDER).toList();
  }

  private static int priority(LinkRecord link) {
    return link.spec() instanceof AttachSpec.Network network ? network.priority() : 0;
  }

  /**
   * Whether the hook can do without a dispatcher: its one program ends a chain with the verdict
   * that it gives. A dispatcher turns verdicts of the last program that let the next one run into a
   * pass, as bpfman's does.
   */
  static boolean isDirect(List<LinkRecord> members) {
    return members.size() == 1 && keepsVerdicts(members.getFirst().spec());
  }

  private static boolean keepsVerdicts(AttachSpec spec) {
    return switch (spec) {
      case AttachSpec.Xdp xdp -> XdpAction.defaultProceedOn().containsAll(xdp.proceedOn());
      case AttachSpec.Tc tc -> passes().containsAll(tc.proceedOn());
      default -> true;
    };
  }

  /** Verdicts of a filter after which the packet goes on its way. */
  private static Set<TcAction> passes() {
    Set<TcAction> passing = TcAction.defaultProceedOn();
    passing.add(TcAction.OK);
    passing.add(TcAction.UNSPEC);
    return passing;
  }

  /**
   * Bits of the verdicts that let the next program run. The verdict of an empty slot is always
   * among them: a slot is empty after its program was detached.
   */
  static int proceedMask(AttachSpec spec) {
    return switch (spec) {
      case AttachSpec.Xdp xdp ->
          bit(XdpAction.DISPATCHER_RETURN.code())
              | xdp.proceedOn().stream().mapToInt(a -> bit(a.code())).reduce(0, (a, b) -> a | b);
      case AttachSpec.Tc tc ->
          bit(TcAction.DISPATCHER_RETURN.code() + TC_BIAS)
              | tc.proceedOn().stream()
                  .mapToInt(a -> bit(a.code() + TC_BIAS))
                  .reduce(0, (a, b) -> a | b);
      default -> throw new IllegalArgumentException(spec.kind() + " knows no chains");
    };
  }

  private static int bit(int number) {
    return 1 << number;
  }
}
