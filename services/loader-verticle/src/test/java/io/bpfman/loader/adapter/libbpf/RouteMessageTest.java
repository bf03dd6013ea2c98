package io.bpfman.loader.adapter.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.loader.adapter.libbpf.InterfaceTable.Facts;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.junit.jupiter.api.Test;

class RouteMessageTest {
  private static final int NEWLINK = 16;
  private static final int DELLINK = 17;
  private static final int AF_BRIDGE = 7;
  private static final int UP_AND_RUNNING = 0x41;

  private final ByteBuffer bytes = ByteBuffer.allocateDirect(4096).order(ByteOrder.nativeOrder());

  /** struct nlmsghdr and struct ifinfomsg; answers where the message begins. */
  private int begin(int type, int family, int index, int flags) {
    int at = bytes.position();
    bytes.putInt(0).putShort((short) type).putShort((short) 0).putInt(0).putInt(0);
    bytes
        .put((byte) family)
        .put((byte) 0)
        .putShort((short) 1)
        .putInt(index)
        .putInt(flags)
        .putInt(0);
    return at;
  }

  private void attribute(int type, String text) {
    byte[] value = (text + "\0").getBytes(StandardCharsets.UTF_8);
    bytes.putShort((short) (4 + value.length)).putShort((short) type).put(value);
    bytes.position((bytes.position() + 3) & ~3);
  }

  private void end(int at) {
    bytes.putInt(at, bytes.position() - at);
  }

  private List<RouteMessage> parse(int length) {
    return RouteMessage.parse(Pointer.wrap(Runtime.getSystemRuntime(), bytes), length);
  }

  private void newLink(int family, String name, int flags) {
    int at = begin(NEWLINK, family, 2, flags);
    attribute(1, "other");
    attribute(3, name);
    end(at);
  }

  @Test
  void interfacesAreReadWithNameAndState() {
    newLink(0, "eth0", UP_AND_RUNNING);
    newLink(0, "a-name-of-15-by", 0x1);
    int gone = begin(DELLINK, 0, 7, 0);
    end(gone);
    assertEquals(
        List.of(
            new RouteMessage.Seen(new Facts(2, "eth0", true)),
            new RouteMessage.Seen(new Facts(2, "a-name-of-15-by", false)),
            new RouteMessage.Gone(7)),
        parse(bytes.position()));
  }

  @Test
  void portThatLeavesABridgeIsNoInterfaceThatGoes() {
    newLink(AF_BRIDGE, "eth0", UP_AND_RUNNING);
    end(begin(DELLINK, AF_BRIDGE, 2, 0));
    assertEquals(List.of(), parse(bytes.position()));
  }

  @Test
  void cutOffMessagesAreLeftOut() {
    newLink(0, "eth0", UP_AND_RUNNING);
    int whole = bytes.position();
    newLink(0, "eth1", UP_AND_RUNNING);
    for (int length = 0; length < bytes.position(); length++) {
      assertEquals(length < whole ? 0 : 1, parse(length).size(), "of " + length + " bytes");
    }
  }

  @Test
  void garbageIsReadWithoutHarm() {
    Random random = new Random(1);
    byte[] garbage = new byte[512];
    for (int i = 0; i < 20_000; i++) {
      random.nextBytes(garbage);
      bytes.clear();
      bytes.put(garbage).putInt(0, 16 + random.nextInt(480));
      bytes.putShort(4, (short) (NEWLINK + random.nextInt(2)));
      assertTrue(parse(garbage.length).size() <= garbage.length / 16);
    }
  }
}
