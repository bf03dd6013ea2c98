package io.bpfman.contract.sign;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import io.bpfman.model.Bytes;
import io.bpfman.proto.bus.v1.Application;
import io.bpfman.proto.bus.v1.ApplicationReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.List;

/** SHA-256 over messages; neither the order of the list nor that of map entries matters. */
public final class Digests {
  private Digests() {}

  public static Bytes of(List<Application> applications) {
    return digest(applications.stream().sorted(Comparator.comparing(Application::getKey)).toList());
  }

  public static Bytes ofReports(List<ApplicationReport> reports) {
    return digest(
        reports.stream().sorted(Comparator.comparing(ApplicationReport::getKey)).toList());
  }

  static byte[] sha256(byte[] content) {
    return newDigest().digest(content);
  }

  private static Bytes digest(List<? extends MessageLite> messages) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try {
      for (MessageLite message : messages) {
        write(message, content);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a byte array does not fail", e);
    }
    return Bytes.of(sha256(content.toByteArray()));
  }

  /** Length first, so that the border between two messages counts. */
  private static void write(MessageLite message, OutputStream out) throws IOException {
    CodedOutputStream coded = CodedOutputStream.newInstance(out);
    coded.useDeterministicSerialization();
    coded.writeUInt32NoTag(message.getSerializedSize());
    message.writeTo(coded);
    coded.flush();
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
