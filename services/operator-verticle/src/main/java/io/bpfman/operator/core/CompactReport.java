package io.bpfman.operator.core;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.bpfman.proto.bus.v1.ApplicationReport;

/**
 * What a node said of one application, as bytes: it is compared with each report and read when that
 * differs, and its objects take several times as much memory.
 */
record CompactReport(ByteString bytes) {
  static CompactReport of(ApplicationReport report) {
    return new CompactReport(report.toByteString());
  }

  ApplicationReport read() {
    try {
      return ApplicationReport.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("bytes of a report are none", e);
    }
  }
}
