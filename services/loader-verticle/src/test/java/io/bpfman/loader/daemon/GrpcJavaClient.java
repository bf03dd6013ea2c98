package io.bpfman.loader.daemon;

import com.google.protobuf.Message;
import io.bpfman.proto.v1.AttachInfo;
import io.bpfman.proto.v1.AttachRequest;
import io.bpfman.proto.v1.AttachResponse;
import io.bpfman.proto.v1.BpfmanProgramType;
import io.bpfman.proto.v1.BytecodeLocation;
import io.bpfman.proto.v1.DetachRequest;
import io.bpfman.proto.v1.DetachResponse;
import io.bpfman.proto.v1.GetRequest;
import io.bpfman.proto.v1.GetResponse;
import io.bpfman.proto.v1.ListRequest;
import io.bpfman.proto.v1.ListResponse;
import io.bpfman.proto.v1.LoadInfo;
import io.bpfman.proto.v1.LoadRequest;
import io.bpfman.proto.v1.LoadResponse;
import io.bpfman.proto.v1.UnloadRequest;
import io.bpfman.proto.v1.UnloadResponse;
import io.bpfman.proto.x.v1.DoctorRequest;
import io.bpfman.proto.x.v1.DoctorResponse;
import io.bpfman.proto.x.v1.Finding;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A client of bpfman.v1 as others write one: grpc-java over the Unix socket, nothing of ours but
 * the messages.
 */
final class GrpcJavaClient implements AutoCloseable {
  private static final long DEADLINE_SECONDS = 20;

  private final EpollEventLoopGroup loop = new EpollEventLoopGroup(1);
  private final ManagedChannel channel;

  GrpcJavaClient(Path socket) {
    channel =
        NettyChannelBuilder.forAddress(new DomainSocketAddress(socket.toString()))
            .channelType(EpollDomainSocketChannel.class)
            .eventLoopGroup(loop)
            .overrideAuthority("localhost")
            .usePlaintext()
            .build();
  }

  LoadResponse load(Path object, String function, BpfmanProgramType type) {
    return load(request(object, function, type).build());
  }

  static LoadRequest.Builder request(Path object, String function, BpfmanProgramType type) {
    return LoadRequest.newBuilder()
        .setBytecode(BytecodeLocation.newBuilder().setFile(object.toString()))
        .addInfo(LoadInfo.newBuilder().setName(function).setProgramType(type));
  }

  LoadResponse load(LoadRequest request) {
    return call("Load", request, LoadResponse.getDefaultInstance());
  }

  int attach(int program, AttachInfo.Builder info) {
    AttachRequest request = AttachRequest.newBuilder().setId(program).setAttach(info).build();
    return call("Attach", request, AttachResponse.getDefaultInstance()).getLinkId();
  }

  void detach(int link) {
    DetachRequest request = DetachRequest.newBuilder().setLinkId(link).build();
    call("Detach", request, DetachResponse.getDefaultInstance());
  }

  void unload(int program) {
    UnloadRequest request = UnloadRequest.newBuilder().setId(program).build();
    call("Unload", request, UnloadResponse.getDefaultInstance());
  }

  GetResponse get(int program) {
    GetRequest request = GetRequest.newBuilder().setId(program).build();
    return call("Get", request, GetResponse.getDefaultInstance());
  }

  ListResponse list(ListRequest request) {
    return call("List", request, ListResponse.getDefaultInstance());
  }

  /** Of the extension. */
  List<Finding> doctor(boolean repair) {
    DoctorRequest request = DoctorRequest.newBuilder().setRepair(repair).build();
    return call("bpfman.x.v1.Extension", "Doctor", request, DoctorResponse.getDefaultInstance())
        .getFindingsList();
  }

  <Q extends Message, A extends Message> A call(String method, Q request, A prototype) {
    return call("bpfman.v1.Bpfman", method, request, prototype);
  }

  private <Q extends Message, A extends Message> A call(
      String service, String method, Q request, A prototype) {
    MethodDescriptor<Q, A> descriptor =
        MethodDescriptor.<Q, A>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(service + "/" + method)
            .setRequestMarshaller(ProtoUtils.marshaller(request))
            .setResponseMarshaller(ProtoUtils.marshaller(prototype))
            .build();
    return ClientCalls.blockingUnaryCall(
        channel,
        descriptor,
        CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS),
        request);
  }

  @Override
  public void close() throws InterruptedException {
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
  }
}
