package io.bpfman.runtime.cluster;

import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.internal.cluster.Joiner;
import java.util.List;

/** The parts of a Hazelcast member that are ours. */
final class MemberContext extends DefaultNodeContext {
  private final List<MemberName> names;

  MemberContext(List<MemberName> names) {
    this.names = names;
  }

  @Override
  public Joiner createJoiner(Node node) {
    return new NamedMembersJoiner(node, names);
  }
}
