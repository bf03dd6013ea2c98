package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.Attachment;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.model.NetworkHook;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An interface whose packets may not fit what its driver gives an XDP program: one page for each,
 * unless the program takes fragments.
 *
 * @param hook where
 * @param mtu bytes
 */
record XdpRoom(NetworkHook hook, int mtu) {
  /** XDP_FLAGS_SKB_MODE of linux/if_link.h. */
  static final int GENERIC_MODE = 1 << 1;

  /**
   * Bytes of a packet that fit in native mode on veth (drivers/net/veth.c): a page of 4096 without
   * 256 of head room, 320 of the kernel's own and 14 of the Ethernet header. Of others, some are
   * smaller.
   */
  static final int NATIVE_LIMIT = 3506;

  private static final int USUAL_MTU = 1500;
  private static final Logger LOG = LoggerFactory.getLogger(XdpRoom.class);

  /** What drivers answer when the MTU is the reason; only veth's is never anything else. */
  private static final Set<Integer> DRIVERS_WORDS =
      Set.of(Errno.EINVAL, Errno.EOPNOTSUPP, Errno.E2BIG);

  /** Empty when something else than the MTU is the reason of {@code errno}. */
  static Optional<XdpRoom> of(NetworkHook hook, int errno, Natives natives) {
    if (errno != Errno.ERANGE && !DRIVERS_WORDS.contains(errno)) {
      return Optional.empty();
    }
    int mtu = new Interfaces(natives).mtu(hook);
    return errno == Errno.ERANGE || mtu > USUAL_MTU
        ? Optional.of(new XdpRoom(hook, mtu))
        : Optional.empty();
  }

  /** To be called when generic mode was taken; says so in the log. */
  Map<String, String> notes() {
    LOG.warn(
        "interface {} has an MTU of {} bytes, or its peer a greater one; native XDP takes about {},"
            + " so the program is attached in generic mode, which is slower",
        hook,
        mtu,
        NATIVE_LIMIT);
    return Map.of(Attachment.XDP_MODE, "generic");
  }

  /** When generic mode was refused, too. */
  BpfmanException refused(int errno) {
    return FailureCode.KERNEL_REFUSED.because(
        "cannot attach an XDP program to interface %s: its MTU is %d bytes, native mode takes about %d, and generic mode was refused: %s"
            .formatted(hook, mtu, NATIVE_LIMIT, Errno.describe(errno)),
        "make the MTU smaller, also that of a veth's peer (ip link set dev %s mtu 1500), or build the program with SEC(\"xdp.frags\")"
            .formatted(hook.interfaceName()));
  }
}
