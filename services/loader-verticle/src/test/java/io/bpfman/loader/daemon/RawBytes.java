package io.bpfman.loader.daemon;

import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;

/** Messages that are sent as they are, and what a refusal of them must look like. */
final class RawBytes {
  static final MethodDescriptor.Marshaller<byte[]> MARSHALLER =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
          return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
          try {
            return stream.readAllBytes();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };

  /** Only a daemon that hangs, dies or breaks off answers these. */
  private static final Set<Status.Code> BROKEN =
      Set.of(
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.UNAVAILABLE,
          Status.Code.UNKNOWN,
          Status.Code.CANCELLED);

  private RawBytes() {}

  /** An exception's class in the words means that nobody thought of this input. */
  static void requireWords(String method, StatusRuntimeException refused) {
    Status status = refused.getStatus();
    String words = String.valueOf(status.getDescription());
    if (BROKEN.contains(status.getCode()) || words.isBlank() || words.contains("Exception")) {
      throw new AssertionError(method + " ended with " + status, refused);
    }
  }
}
