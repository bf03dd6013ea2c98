package io.bpfman.loader.daemon;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.ByteString;
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
import io.bpfman.proto.x.v1.DumpMapRequest;
import io.bpfman.proto.x.v1.DumpMapResponse;
import io.bpfman.proto.x.v1.Finding;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
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
    return callExtension("Doctor", request, DoctorResponse.getDefaultInstance()).getFindingsList();
  }

  /** Sum of all values of the program's map of that name. */
  long hits(int program) {
    DumpMapRequest request =
        DumpMapRequest.newBuilder()
            .setProgramId(program)
            .setMapName("hits")
            .setMaxEntries(8)
            .build();
    return callExtension("DumpMap", request, DumpMapResponse.getDefaultInstance())
        .getEntriesList()
        .stream()
        .flatMap(entry -> entry.getValuesList().stream())
        .mapToLong(GrpcJavaClient::number)
        .sum();
  }

  private static long number(ByteString value) {
    ByteBuffer bytes = value.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    return value.size() == Long.BYTES ? bytes.getLong() : bytes.getInt();
  }

  <Q extends Message, A extends Message> A call(String method, Q request, A prototype) {
    return callService("bpfman.v1.Bpfman/" + method, request, prototype);
  }

  <Q extends Message, A extends Message> A callExtension(String method, Q request, A prototype) {
    return callService("bpfman.x.v1.Extension/" + method, request, prototype);
  }

  /** A Load that is given up after {@code limit}. */
  ListenableFuture<LoadResponse> beginLoad(LoadRequest request, Duration limit) {
    return ClientCalls.futureUnaryCall(
        channel.newCall(
            unary("bpfman.v1.Bpfman/Load", request, LoadResponse.getDefaultInstance()),
            CallOptions.DEFAULT.withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS)),
        request);
  }

  private static <Q extends Message, A extends Message> MethodDescriptor<Q, A> unary(
      String method, Q request, A prototype) {
    return MethodDescriptor.<Q, A>newBuilder()
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(method)
        .setRequestMarshaller(ProtoUtils.marshaller(request))
        .setResponseMarshaller(ProtoUtils.marshaller(prototype))
        .build();
  }

  private <Q extends Message, A extends Message> A callService(
      String method, Q request, A prototype) {
    return ClientCalls.blockingUnaryCall(
        channel,
        unary(method, request, prototype),
        CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS),
        request);
  }

  /**
   * A call of bytes that need not be a message; its answer does not matter. A refusal must have
   * words, and the daemon must not be late.
   *
   * @param method with the service, such as bpfman.v1.Bpfman/List
   */
  void callRaw(String method, byte[] request) {
    ClientCall<byte[], byte[]> call =
        channel.newCall(
            raw(method), CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS));
    try {
      // A stream is left after its first message: it would not end by itself.
      if (ClientCalls.blockingServerStreamingCall(call, request).hasNext()) {
        call.cancel("read enough", null);
      }
    } catch (StatusRuntimeException refused) {
      RawBytes.requireWords(method, refused);
    }
  }

  ManagedChannel channel() {
    return channel;
  }

  static MethodDescriptor<byte[], byte[]> raw(String method) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
        .setFullMethodName(method)
        .setRequestMarshaller(RawBytes.MARSHALLER)
        .setResponseMarshaller(RawBytes.MARSHALLER)
        .build();
  }

  @Override
  public void close() throws InterruptedException {
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
  }
}
