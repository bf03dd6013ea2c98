package io.bpfman.operator.core;

import io.bpfman.api.v1alpha1.LinkStates;
import io.bpfman.api.v1alpha1.LinkStatus;
import io.bpfman.proto.bus.v1.LinkReport;
import io.bpfman.proto.bus.v1.LinkState;

/** What the status of every kind of link has in common. */
final class LinkStatuses {
  private LinkStatuses() {}

  /** Fills {@code status} and gives it back. */
  static <T extends LinkStatus> T common(T status, LinkReport report) {
    status.setShouldAttach(report.getState() != LinkState.LINK_STATE_DETACH_ERROR);
    status.setUuid(report.getUuid());
    if (report.getLinkId() != 0) {
      status.setLinkId(Integer.toUnsignedLong(report.getLinkId()));
    }
    status.setLinkStatus(
        switch (report.getState()) {
          case LINK_STATE_ATTACHED -> LinkStates.ATTACHED;
          case LINK_STATE_ATTACH_ERROR -> LinkStates.ATTACH_ERROR;
          case LINK_STATE_DETACH_ERROR -> LinkStates.DETACH_ERROR;
          case LINK_STATE_NOT_ATTACHED, LINK_STATE_UNSPECIFIED, UNRECOGNIZED ->
              LinkStates.NOT_ATTACHED;
        });
    return status;
  }
}
