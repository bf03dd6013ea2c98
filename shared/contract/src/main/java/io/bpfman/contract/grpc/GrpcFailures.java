package io.bpfman.contract.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.DebugInfo;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.vertx.core.MultiMap;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcHeaderNames;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerResponse;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one translator between failures and gRPC. The status message is for any client; {@code
 * grpc-status-details-bin} holds a google.rpc.Status with ErrorInfo (reason, domain {@value
 * #DOMAIN}, metadata {@code code}, {@code hint}, {@code verifier_log_id}) and, for a verifier
 * rejection, DebugInfo with the end of the log. All of it fits the 8 KiB of headers that clients
 * accept by default; longer texts are cut.
 */
public final class GrpcFailures {
  public static final String DOMAIN = "bpfman.io";

  private static final String CODE = "code";
  private static final String HINT = "hint";
  private static final String VERIFIER_LOG_ID = "verifier_log_id";

  private GrpcFailures() {}

  /**
   * Ends a call with a failure; nothing may have been written before.
   *
   * @param verifierLogId where the full log can be asked for; null when there is none
   */
  public static void write(
      Failure failure, @Nullable String verifierLogId, GrpcServerResponse<?, ?> response) {
    response
        .trailers()
        .set(
            GrpcHeaderNames.GRPC_STATUS_DETAILS_BIN,
            Base64.getEncoder()
                .withoutPadding()
                .encodeToString(toStatus(failure, verifierLogId).toByteArray()));
    response
        .status(GrpcStatus.valueOf(failure.code().grpc().number()))
        .statusMessage(TrailerText.statusMessage(failure.describe()))
        .end();
  }

  /** The failure of a call that ended with another status than OK. */
  static GrpcStatusException read(GrpcClientResponse<?, ?> response) {
    GrpcStatus status = response.status();
    MultiMap end = end(response);
    String details = end.get(GrpcHeaderNames.GRPC_STATUS_DETAILS_BIN);
    Status known = details == null ? null : parse(details);
    if (known != null) {
      return new GrpcStatusException(status.name(), fromStatus(known), logId(known));
    }
    String message = TrailerText.decode(end.get(GrpcHeaderNames.GRPC_MESSAGE));
    return new GrpcStatusException(
        status.name(),
        new Failure(
            ofStatus(status), message.isEmpty() ? "status " + status.name() : message, "", ""),
        null);
  }

  static Status toStatus(Failure failure, @Nullable String verifierLogId) {
    ErrorInfo.Builder info =
        ErrorInfo.newBuilder()
            .setReason(failure.code().reason())
            .setDomain(DOMAIN)
            .putMetadata(CODE, Integer.toString(failure.code().number()))
            .putMetadata(HINT, TrailerText.hint(failure.hint()));
    if (verifierLogId != null) {
      info.putMetadata(VERIFIER_LOG_ID, verifierLogId);
    }
    Status.Builder status =
        Status.newBuilder()
            .setCode(failure.code().grpc().number())
            .setMessage(TrailerText.message(failure.message()))
            .addDetails(Any.pack(info.build()));
    if (!failure.log().isEmpty()) {
      status.addDetails(
          Any.pack(DebugInfo.newBuilder().setDetail(TrailerText.logEnd(failure.log())).build()));
    }
    return status.build();
  }

  /** Our own details are read whole; a status of another server gives code and message. */
  static Failure fromStatus(Status status) {
    ErrorInfo info = errorInfo(status);
    Map<String, String> metadata = info.getMetadataMap();
    boolean ours = info.getDomain().equals(DOMAIN) && metadata.containsKey(CODE);
    FailureCode code =
        ours ? ofNumber(metadata.getOrDefault(CODE, "")) : ofStatus(grpcStatus(status.getCode()));
    return new Failure(
        code, status.getMessage(), metadata.getOrDefault(HINT, ""), debugInfo(status).getDetail());
  }

  private static MultiMap end(GrpcClientResponse<?, ?> response) {
    return response.trailers().contains(GrpcHeaderNames.GRPC_STATUS)
        ? response.trailers()
        : response.headers();
  }

  private static @Nullable Status parse(String base64) {
    try {
      return Status.parseFrom(Base64.getMimeDecoder().decode(base64));
    } catch (InvalidProtocolBufferException | IllegalArgumentException _) {
      // Details are optional in gRPC; status and message, which are always there, are used instead.
      return null;
    }
  }

  private static @Nullable String logId(Status status) {
    return errorInfo(status).getMetadataMap().get(VERIFIER_LOG_ID);
  }

  private static ErrorInfo errorInfo(Status status) {
    return find(status, ErrorInfo.class, ErrorInfo.getDefaultInstance());
  }

  private static DebugInfo debugInfo(Status status) {
    return find(status, DebugInfo.class, DebugInfo.getDefaultInstance());
  }

  private static <M extends Message> M find(Status status, Class<M> type, M absent) {
    for (Any detail : status.getDetailsList()) {
      if (detail.is(type)) {
        try {
          return detail.unpack(type);
        } catch (InvalidProtocolBufferException _) {
          // As if it were not there: details are optional.
          return absent;
        }
      }
    }
    return absent;
  }

  private static FailureCode ofNumber(String text) {
    try {
      return FailureCode.ofNumber(Integer.parseInt(text));
    } catch (NumberFormatException _) {
      // A newer daemon may write something else there; INTERNAL stands for an unknown code.
      return FailureCode.INTERNAL;
    }
  }

  private static GrpcStatus grpcStatus(int code) {
    GrpcStatus status = GrpcStatus.valueOf(code);
    return status == null ? GrpcStatus.UNKNOWN : status;
  }

  private static FailureCode ofStatus(GrpcStatus status) {
    return switch (status) {
      case CANCELLED -> FailureCode.CANCELLED;
      case INVALID_ARGUMENT, OUT_OF_RANGE -> FailureCode.INVALID_REQUEST;
      case DEADLINE_EXCEEDED -> FailureCode.DEADLINE_EXCEEDED;
      case NOT_FOUND -> FailureCode.PROGRAM_NOT_FOUND;
      case PERMISSION_DENIED, UNAUTHENTICATED -> FailureCode.PERMISSION_DENIED;
      case RESOURCE_EXHAUSTED -> FailureCode.MESSAGE_TOO_LARGE;
      case FAILED_PRECONDITION -> FailureCode.ATTACH_KIND_MISMATCH;
      case UNIMPLEMENTED -> FailureCode.UNIMPLEMENTED;
      case UNAVAILABLE -> FailureCode.UNAVAILABLE;
      default -> FailureCode.INTERNAL;
    };
  }
}
