package io.bpfman.loader.core;

import io.bpfman.model.LinkId;
import io.bpfman.model.ProgramId;
import java.util.List;

/**
 * A network hook that takes several programs, and what runs there.
 *
 * @param type {@code xdp}, {@code tc-ingress} or {@code tc-egress}
 * @param nsid inode number of the network namespace
 * @param ifindex index of the interface in its network namespace
 * @param interfaceName name of the interface
 * @param revision grows by one each time the members change; 0 without a dispatcher
 * @param programId kernel id of the dispatcher program itself; 0 for a program that is alone
 * @param kernelLinkId kernel id of the link that holds it; 0 for TC
 * @param priority of the TC filter; 0 for XDP
 * @param handle of the TC filter; 0 for XDP
 * @param netns path of the network namespace; empty for the daemon's own
 * @param members in the order in which they run
 */
public record DispatcherView(
    String type,
    long nsid,
    int ifindex,
    String interfaceName,
    int revision,
    long programId,
    long kernelLinkId,
    int priority,
    long handle,
    String netns,
    List<Member> members) {

  public DispatcherView {
    members = List.copyOf(members);
  }

  /**
   * One program that a dispatcher calls.
   *
   * @param position slot, from 0; lower runs first
   * @param program as Load answered it
   * @param priority that it was attached with
   * @param proceedOn names of results after which the next member runs
   */
  public record Member(
      int position, LinkId link, ProgramId program, int priority, List<String> proceedOn) {

    public Member {
      proceedOn = List.copyOf(proceedOn);
    }
  }
}
