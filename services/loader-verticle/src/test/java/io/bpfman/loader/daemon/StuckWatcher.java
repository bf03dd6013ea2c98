package io.bpfman.loader.daemon;

import io.bpfman.proto.x.v1.WatchEvent;
import io.bpfman.proto.x.v1.WatchKind;
import io.bpfman.proto.x.v1.WatchRequest;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import io.grpc.protobuf.ProtoUtils;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A client of another make that watches and, after the first event, does not read. */
final class StuckWatcher implements AutoCloseable {
  private static final int SMALL_WINDOW = 64 << 10;

  private final EpollEventLoopGroup loop = new EpollEventLoopGroup(1);
  private final ManagedChannel channel;
  private final ClientCall<WatchRequest, WatchEvent> call;
  private final List<WatchEvent> heard = new CopyOnWriteArrayList<>();

  StuckWatcher(Path socket) {
    channel =
        NettyChannelBuilder.forAddress(new DomainSocketAddress(socket.toString()))
            .channelType(EpollDomainSocketChannel.class)
            .eventLoopGroup(loop)
            .overrideAuthority("localhost")
            .flowControlWindow(SMALL_WINDOW)
            .usePlaintext()
            .build();
    call =
        channel.newCall(
            MethodDescriptor.<WatchRequest, WatchEvent>newBuilder()
                .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
                .setFullMethodName("bpfman.x.v1.Extension/Watch")
                .setRequestMarshaller(ProtoUtils.marshaller(WatchRequest.getDefaultInstance()))
                .setResponseMarshaller(ProtoUtils.marshaller(WatchEvent.getDefaultInstance()))
                .build(),
            CallOptions.DEFAULT);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(WatchEvent event) {
            heard.add(event);
          }
        },
        new Metadata());
    call.sendMessage(WatchRequest.getDefaultInstance());
    call.halfClose();
    call.request(1);
    Awaitility.await("it watches")
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> heard.stream().anyMatch(e -> e.getKind() == WatchKind.WATCH_KIND_WATCHING));
  }

  /** Reads again, until an event with that number has come. */
  List<WatchEvent> readAll(long sequence) {
    call.request(Integer.MAX_VALUE);
    Awaitility.await("event " + sequence)
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> heard.getLast().getSequence() >= sequence);
    return List.copyOf(heard);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
