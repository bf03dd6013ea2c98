package io.bpfman.agent.adapter.host;

import io.bpfman.agent.port.ObjectDigests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hashes a file again only when inode, size or time of change differ. Safe for use by many threads.
 */
public final class FileObjectDigests implements ObjectDigests {
  private static final Logger LOG = LoggerFactory.getLogger(FileObjectDigests.class);

  private final Map<String, Entry> known = new ConcurrentHashMap<>();

  private record Entry(String stamp, String digest) {}

  @Override
  public Optional<String> of(String path) {
    Path file = Path.of(path);
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      known.remove(path);
      return Optional.empty();
    }
    try {
      String stamp = stamp(file);
      Entry entry = known.get(path);
      if (entry == null || !entry.stamp().equals(stamp)) {
        entry = new Entry(stamp, hash(Files.readAllBytes(file)));
        known.put(path, entry);
      }
      return Optional.of(entry.digest());
    } catch (IOException e) {
      LOG.debug("object {} cannot be read here; its path alone identifies it", path, e);
      return Optional.empty();
    }
  }

  private static String stamp(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return "%s %d %s"
        .formatted(attributes.fileKey(), attributes.size(), attributes.lastModifiedTime());
  }

  private static String hash(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
