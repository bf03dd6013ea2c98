package io.bpfman.loader.daemon;

import io.bpfman.loader.fuzz.ObjectMutator;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Every attack by its name. */
final class FuzzAttacks {
  private FuzzAttacks() {}

  static Map<String, FuzzAttack> all() {
    Map<String, FuzzAttack> attacks = new LinkedHashMap<>();
    attacks.put("objects", FuzzAttacks::objects);
    attacks.put("bytes", FuzzAttacks::bytes);
    attacks.put("frames", FuzzAttacks::frames);
    attacks.put("messages", FuzzMessages::random);
    attacks.put("fields", FuzzMessages::fields);
    return attacks;
  }

  /** Damaged objects through Check and Load. */
  private static void objects(FuzzLab lab, Random random) throws IOException {
    FuzzProgram program = FuzzProgram.ALL.get(random.nextInt(FuzzProgram.ALL.size()));
    byte[] whole = Files.readAllBytes(lab.object(program.object()));
    Path damaged = lab.directory.resolve("damaged.o");
    Files.write(damaged, new ObjectMutator(random.nextLong()).mutate(whole));
    FuzzMessages.load(lab, damaged, program, random.nextInt(3) == 0);
  }

  /** Bytes that are no HTTP at all. */
  private static void bytes(FuzzLab lab, Random random) throws IOException {
    byte[] noise = new byte[1 + random.nextInt(4096)];
    random.nextBytes(noise);
    send(lab, noise);
  }

  /** A good start of HTTP/2, then frames that are damaged in one or more places. */
  private static void frames(FuzzLab lab, Random random) throws IOException {
    Http2Bytes http = new Http2Bytes().preface();
    int count = 1 + random.nextInt(20);
    for (int i = 0; i < count; i++) {
      byte[] payload = new byte[random.nextInt(random.nextInt(8) == 0 ? 16_384 : 64)];
      random.nextBytes(payload);
      http.frame(random.nextInt(12), random.nextInt(256), random.nextInt(8), payload);
      if (random.nextInt(3) == 0) {
        http.request(2 * i + 1, "/bpfman.v1.Bpfman/List", payload);
      }
    }
    byte[] all = http.bytes();
    for (int i = random.nextInt(3); i > 0; i--) {
      all[random.nextInt(all.length)] = (byte) random.nextInt();
    }
    send(lab, all);
  }

  /** What the daemon answers does not matter, nor that it hangs up. */
  private static void send(FuzzLab lab, byte[] content) throws IOException {
    try (SocketChannel channel =
        SocketChannel.open(UnixDomainSocketAddress.of(lab.daemon.socket()))) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException hungUp) {
      if (!Files.exists(lab.daemon.socket())) {
        throw hungUp;
      }
    }
  }
}
