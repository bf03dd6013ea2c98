package io.bpfman.operator.adapter.files;

import io.bpfman.contract.SecretFiles;
import io.bpfman.operator.pki.core.Authorities;
import io.bpfman.operator.pki.port.KeyringStore;
import io.bpfman.operator.pki.port.StoredKeyring;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Authorities in one file of mode 0600, which openssl reads too: certificates, then keys. For one
 * operator; several that start at once agree on one, but only one may replace.
 */
public final class KeyringFile implements KeyringStore {
  private static final String FIRST_KEY = "-----BEGIN PRIVATE KEY-----";

  private final Path file;

  public KeyringFile(Path file) {
    this.file = file;
  }

  @Override
  public Optional<StoredKeyring> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String text = SecretFiles.readSecret(file);
    return Optional.of(new StoredKeyring(parts(text), version(text)));
  }

  private static Map<String, String> parts(String text) {
    int keys = Math.max(0, text.indexOf(FIRST_KEY));
    Map<String, String> parts = new HashMap<>();
    parts.put(Authorities.CERTIFICATES, text.substring(0, keys));
    parts.put(Authorities.KEYS, text.substring(keys));
    return parts;
  }

  private static String version(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.US_ASCII)).toString();
  }

  private static String text(Map<String, String> texts) {
    return texts.getOrDefault(Authorities.CERTIFICATES, "")
        + texts.getOrDefault(Authorities.KEYS, "");
  }

  @Override
  public boolean create(Map<String, String> texts) {
    SecretFiles.createIfAbsent(file, text(texts));
    return SecretFiles.readSecret(file).equals(text(texts));
  }

  @Override
  public boolean replace(String version, Map<String, String> texts) {
    if (read().filter(found -> found.version().equals(version)).isEmpty()) {
      return false;
    }
    SecretFiles.replaceSecret(file, text(texts));
    return true;
  }

  @Override
  public String describe() {
    return file.toString();
  }
}
