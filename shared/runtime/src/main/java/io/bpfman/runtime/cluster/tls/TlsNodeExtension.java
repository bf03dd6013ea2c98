package io.bpfman.runtime.cluster.tls;

import com.hazelcast.config.EndpointConfig;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.DefaultNodeExtension;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.internal.networking.ChannelInitializer;
import com.hazelcast.internal.server.ServerContext;
import com.hazelcast.internal.server.tcp.ChannelInitializerFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A Hazelcast member whose port speaks the protocol of members inside TLS and nothing else: those
 * of clients, REST and memcache do not exist, not even for members.
 */
public final class TlsNodeExtension extends DefaultNodeExtension {
  private final Handshakes handshakes;

  public TlsNodeExtension(Node node, MemberTls tls) {
    super(node);
    handshakes = new Handshakes(tls);
  }

  @Override
  public Function<EndpointQualifier, ChannelInitializer> createChannelInitializerFn(
      ServerContext context) {
    ChannelInitializerFunction initializers =
        new ChannelInitializerFunction(context, node.getConfig()) {
          @Override
          protected ChannelInitializer provideUnifiedChannelInitializer() {
            return provideMemberChannelInitializer(null);
          }

          @Override
          protected ChannelInitializer provideMemberChannelInitializer(
              @Nullable EndpointConfig endpoint) {
            return handshakes.around(super.provideMemberChannelInitializer(endpoint));
          }

          @Override
          protected ChannelInitializer provideClientChannelInitializer(EndpointConfig endpoint) {
            throw new UnsupportedOperationException("clients are not served");
          }

          @Override
          protected ChannelInitializer provideTextChannelInitializer(
              EndpointConfig endpoint, boolean rest) {
            throw new UnsupportedOperationException("text is not served");
          }
        };
    initializers.init();
    return initializers;
  }

  @Override
  public void afterShutdown() {
    super.afterShutdown();
    handshakes.close();
  }
}
