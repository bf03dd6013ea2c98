package io.bpfman.agent.core;

import com.google.protobuf.ByteString;
import io.bpfman.contract.wire.AttachInfos;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.MetadataKeys;
import io.bpfman.proto.bus.v1.Application;
import io.bpfman.proto.bus.v1.Program;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Names of things that stay the same over restarts of everything. */
public final class Identity {
  private static final int DIGEST_BYTES = 16;

  private Identity() {}

  /** Kept as uuid of all programs of an application; a program is that and its function name. */
  public static String application(String key) {
    return named("application", key);
  }

  /** Another attach point, priority or proceed-on set is another link. */
  public static String link(String application, String program, AttachSpec spec) {
    ByteString point = AttachInfos.toProto(spec, Map.of()).toByteString();
    return named("link", application, program, HexFormat.of().formatHex(point.toByteArray()));
  }

  /** Metadata key that holds {@link #part} of one program of a load request. */
  public static String partKey(String program) {
    return MetadataKeys.LOAD_DIGEST + ":" + program;
  }

  /** Digest of type and load target of one program. */
  static String part(Program program) {
    return digest(program.getType(), program.getAttachFunction());
  }

  static LoadDigest digest(Application application, String content) {
    StringBuilder data = new StringBuilder();
    new TreeMap<>(application.getGlobalDataMap())
        .forEach((name, value) -> data.append(name).append('=').append(hex(value)).append('\n'));
    return new LoadDigest(
        digest(hex(application.getBytecode().toByteString()), data.toString()), content);
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  private static String named(String... parts) {
    return UUID.nameUUIDFromBytes(String.join("\0", parts).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  private static String digest(String... parts) {
    try {
      byte[] full =
          MessageDigest.getInstance("SHA-256")
              .digest(String.join("\0", parts).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(full, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
