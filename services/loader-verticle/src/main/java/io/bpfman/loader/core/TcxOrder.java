package io.bpfman.loader.core;

import io.bpfman.loader.port.TcxPosition;
import io.bpfman.model.LinkRecord;
import java.util.List;
import java.util.Optional;

/**
 * Where a TCX program goes among ours: by priority, at equal priority behind the older ones. Pure.
 */
final class TcxOrder {
  private TcxOrder() {}

  /**
   * {@link TcxPosition.Last} when there are no peers.
   *
   * @param hookPeers living links of ours on the same hook, in any order
   */
  static TcxPosition positionOf(LinkRecord added, List<LinkRecord> hookPeers) {
    List<LinkRecord> peers = hookPeers.stream().sorted(ChainLayout.RUN_ORDER).toList();
    Optional<LinkRecord> next =
        peers.stream().filter(peer -> ChainLayout.RUN_ORDER.compare(added, peer) < 0).findFirst();
    if (next.isPresent()) {
      return new TcxPosition.Before(next.get().kernelLinkId());
    }
    return peers.isEmpty()
        ? new TcxPosition.Last()
        : new TcxPosition.After(peers.getLast().kernelLinkId());
  }
}
