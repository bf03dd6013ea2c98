package io.bpfman.loader.adapter.grpc;

import com.google.protobuf.MessageOrBuilder;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.vertx.grpc.common.CodecException;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.server.GrpcServerRequest;

/** Requests that are no requests. Vert.x only resets their streams, which tells nobody why. */
final class Requests {
  private Requests() {}

  /**
   * Vert.x inflates a message before it looks at the size, so that 4 MiB of zeros, compressed, take
   * gigabytes. Clients of gRPC compress only when told to.
   */
  static boolean isCompressed(GrpcServerRequest<?, ?> request) {
    String encoding = request.encoding();
    return encoding != null && !encoding.equals("identity");
  }

  static BpfmanException compressed(GrpcServerRequest<?, ?> request) {
    return FailureCode.UNIMPLEMENTED.because(
        "the request is compressed with \"%s\", which this daemon does not take"
            .formatted(request.encoding()),
        "send it without compression");
  }

  /** INVALID_REQUEST when the bytes are no such message, or one that holds a NUL character. */
  static <Q> Q decode(ServiceMethod<Q, ?> method, GrpcMessage message) {
    try {
      Q request = method.decoder().decode(message);
      if (request instanceof MessageOrBuilder fields) {
        NulCharacters.refuse(fields);
      }
      return request;
    } catch (CodecException e) {
      throw FailureCode.INVALID_REQUEST.because(
          "the %d bytes of the request are no message for %s"
              .formatted(message.payload().length(), method.methodName()),
          "use the protocol files of this version",
          e);
    }
  }

  static BpfmanException missing(ServiceMethod<?, ?> method) {
    return FailureCode.INVALID_REQUEST.because(
        "the call of %s ended without a request".formatted(method.methodName()),
        "send one message");
  }
}
