package io.bpfman.runtime.cluster;

import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.instance.impl.NodeExtension;
import com.hazelcast.internal.cluster.Joiner;
import io.bpfman.runtime.cluster.tls.MemberTls;
import io.bpfman.runtime.cluster.tls.TlsNodeExtension;
import io.bpfman.runtime.names.PeerName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of a Hazelcast member that are ours: whom it joins, and TLS. */
final class MemberContext extends DefaultNodeContext {
  private final List<PeerName> names;
  private final @Nullable MemberTls tls;

  MemberContext(List<PeerName> names, @Nullable MemberTls tls) {
    this.names = names;
    this.tls = tls;
  }

  @Override
  public Joiner createJoiner(Node node) {
    return new NamedMembersJoiner(node, names);
  }

  @Override
  public NodeExtension createNodeExtension(Node node) {
    return tls == null ? super.createNodeExtension(node) : new TlsNodeExtension(node, tls);
  }
}
