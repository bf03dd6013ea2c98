package io.bpfman.loader.adapter.grpc;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.v1.AttachInfo;
import io.bpfman.proto.v1.AttachRequest;
import io.bpfman.proto.v1.BytecodeLocation;
import io.bpfman.proto.v1.LoadInfo;
import io.bpfman.proto.v1.LoadRequest;
import io.bpfman.proto.v1.XDPAttachInfo;
import org.junit.jupiter.api.Test;

class NulCharactersTest {
  private static void assertNames(String field, Message request) {
    BpfmanException refused =
        assertThrows(BpfmanException.class, () -> NulCharacters.refuse(request));
    assertEquals(FailureCode.INVALID_REQUEST, refused.code());
    assertTrue(refused.failure().message().contains(field), refused.failure()::describe);
  }

  @Test
  void namesTheFieldHoweverDeepItLies() {
    assertNames(
        "XDPAttachInfo.iface",
        AttachRequest.newBuilder()
            .setAttach(
                AttachInfo.newBuilder()
                    .setXdpAttachInfo(XDPAttachInfo.newBuilder().setIface("eth0\0x")))
            .build());
    assertNames(
        "LoadInfo.name",
        LoadRequest.newBuilder()
            .addInfo(LoadInfo.newBuilder().setName("good"))
            .addInfo(LoadInfo.newBuilder().setName("\0"))
            .build());
    assertNames("MetadataEntry.value", LoadRequest.newBuilder().putMetadata("k", "a\0").build());
  }

  @Test
  void bytesMayHoldAnything() {
    assertDoesNotThrow(
        () ->
            NulCharacters.refuse(
                LoadRequest.newBuilder()
                    .setBytecode(BytecodeLocation.newBuilder().setFile("/app.o"))
                    .putGlobalData("limit", ByteString.copyFrom(new byte[4]))
                    .build()));
  }
}
