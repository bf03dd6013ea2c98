package io.bpfman.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Every way to fail, once. The number is stable and travels on the wire; the reason is what
 * conditions show; a retriable failure may go away without anybody changing the request. gRPC codes
 * are those of bpfman where it has the case.
 */
public enum FailureCode {
  INTERNAL(1, GrpcCode.INTERNAL, "InternalError", true),
  INVALID_REQUEST(2, GrpcCode.INVALID_ARGUMENT, "InvalidRequest", false),
  PROGRAM_NOT_FOUND(3, GrpcCode.NOT_FOUND, "ProgramNotFound", true),
  LINK_NOT_FOUND(4, GrpcCode.NOT_FOUND, "LinkNotFound", true),
  TRACEPOINT_NOT_FOUND(5, GrpcCode.NOT_FOUND, "TracepointNotFound", true),
  INTERFACE_NOT_FOUND(6, GrpcCode.INVALID_ARGUMENT, "InterfaceNotFound", true),
  NETNS_NOT_FOUND(7, GrpcCode.INVALID_ARGUMENT, "NetworkNamespaceNotFound", true),
  ATTACH_KIND_MISMATCH(8, GrpcCode.FAILED_PRECONDITION, "AttachKindMismatch", false),
  BYTECODE_NOT_FOUND(9, GrpcCode.INTERNAL, "BytecodeNotFound", true),
  BYTECODE_INVALID(10, GrpcCode.INTERNAL, "BytecodeInvalid", true),
  FUNCTION_NOT_FOUND(11, GrpcCode.INTERNAL, "FunctionNotFound", true),
  SECTION_MISMATCH(12, GrpcCode.INTERNAL, "SectionMismatch", true),
  VERIFIER_REJECTED(13, GrpcCode.INTERNAL, "VerifierRejected", true),
  GLOBAL_DATA_INVALID(14, GrpcCode.INTERNAL, "GlobalDataInvalid", true),
  KERNEL_UNSUPPORTED(15, GrpcCode.INTERNAL, "KernelUnsupported", false),
  HOOK_BUSY(16, GrpcCode.INTERNAL, "HookBusy", true),
  TARGET_NOT_FOUND(17, GrpcCode.INTERNAL, "ProbeTargetNotFound", true),
  SYMBOL_NOT_FOUND(18, GrpcCode.INTERNAL, "SymbolNotFound", true),
  IMAGE_UNSUPPORTED(19, GrpcCode.UNIMPLEMENTED, "ImageUnsupported", false),
  UNAVAILABLE(20, GrpcCode.UNAVAILABLE, "LoaderUnavailable", true),
  DEADLINE_EXCEEDED(21, GrpcCode.DEADLINE_EXCEEDED, "DeadlineExceeded", true),
  CANCELLED(22, GrpcCode.CANCELLED, "Cancelled", true),
  MANIFEST_INVALID(23, GrpcCode.INVALID_ARGUMENT, "ManifestInvalid", false),
  SIGNATURE_INVALID(24, GrpcCode.PERMISSION_DENIED, "SignatureInvalid", false),
  REVISION_STALE(25, GrpcCode.FAILED_PRECONDITION, "RevisionStale", false),
  PERMISSION_DENIED(26, GrpcCode.PERMISSION_DENIED, "PermissionDenied", false),
  MESSAGE_TOO_LARGE(27, GrpcCode.RESOURCE_EXHAUSTED, "MessageTooLarge", false),
  STORE_FAILED(28, GrpcCode.INTERNAL, "StoreFailed", true),
  START_REFUSED(29, GrpcCode.FAILED_PRECONDITION, "StartRefused", false),
  UNIMPLEMENTED(30, GrpcCode.UNIMPLEMENTED, "Unimplemented", false),
  KERNEL_STATE_LOST(31, GrpcCode.INTERNAL, "KernelStateLost", true),
  KERNEL_REFUSED(32, GrpcCode.INTERNAL, "KernelRefused", true),
  MAP_NOT_FOUND(33, GrpcCode.NOT_FOUND, "MapNotFound", true),
  PODS_UNSUPPORTED(34, GrpcCode.UNIMPLEMENTED, "PodSelectionUnsupported", false),
  CONFIGURATION_INVALID(35, GrpcCode.INVALID_ARGUMENT, "ConfigurationInvalid", false),
  TOO_MANY_CALLS(36, GrpcCode.RESOURCE_EXHAUSTED, "TooManyCalls", true);

  private final int number;
  private final GrpcCode grpc;
  private final String reason;
  private final boolean retriable;

  FailureCode(int number, GrpcCode grpc, String reason, boolean retriable) {
    this.number = number;
    this.grpc = grpc;
    this.reason = reason;
    this.retriable = retriable;
  }

  /** Stable number on the wire, 1 or more. */
  public int number() {
    return number;
  }

  public GrpcCode grpc() {
    return grpc;
  }

  /** Condition reason, in the form that Kubernetes asks for. */
  public String reason() {
    return reason;
  }

  public boolean retriable() {
    return retriable;
  }

  /** {@link #INTERNAL} for a number that this version does not know. */
  public static FailureCode ofNumber(int number) {
    return Arrays.stream(values())
        .filter(code -> code.number == number)
        .findFirst()
        .orElse(INTERNAL);
  }

  /** An exception without hint and cause. */
  public BpfmanException because(String message) {
    return because(message, "", null);
  }

  /** An exception with the way out. */
  public BpfmanException because(String message, String hint) {
    return because(message, hint, null);
  }

  /** An exception with the way out and what led to it. */
  public BpfmanException because(String message, String hint, @Nullable Throwable cause) {
    return new BpfmanException(new Failure(this, message, hint, ""), cause);
  }
}
