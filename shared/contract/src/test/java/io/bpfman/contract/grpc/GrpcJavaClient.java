package io.bpfman.contract.grpc;

import io.bpfman.proto.v1.LoadRequest;
import io.bpfman.proto.v1.LoadResponse;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;

/** grpc-java as any other client would use it, to see that its defaults accept what is sent. */
final class GrpcJavaClient {
  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private static final MethodDescriptor<LoadRequest, LoadResponse> LOAD =
      MethodDescriptor.<LoadRequest, LoadResponse>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("bpfman.v1.Bpfman/Load")
          .setRequestMarshaller(ProtoUtils.marshaller(LoadRequest.getDefaultInstance()))
          .setResponseMarshaller(ProtoUtils.marshaller(LoadResponse.getDefaultInstance()))
          .build();

  private GrpcJavaClient() {}

  /** The failure of one Load call. */
  static StatusRuntimeException load(Path socket) {
    EpollEventLoopGroup group = new EpollEventLoopGroup(1);
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(new DomainSocketAddress(socket.toFile()))
            .eventLoopGroup(group)
            .channelType(EpollDomainSocketChannel.class)
            .overrideAuthority("localhost")
            .usePlaintext()
            .build();
    try {
      return Assertions.assertThrows(
          StatusRuntimeException.class,
          () ->
              ClientCalls.blockingUnaryCall(
                  channel,
                  LOAD,
                  CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS),
                  LoadRequest.getDefaultInstance()));
    } finally {
      channel.shutdownNow();
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }

  static com.google.rpc.Status details(StatusRuntimeException thrown) throws Exception {
    Metadata trailers = thrown.getTrailers();
    byte[] details = trailers == null ? null : trailers.get(DETAILS);
    return com.google.rpc.Status.parseFrom(details == null ? new byte[0] : details);
  }
}
