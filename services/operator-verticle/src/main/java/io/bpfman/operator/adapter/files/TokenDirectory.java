package io.bpfman.operator.adapter.files;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bpfman.contract.SecretFiles;
import io.bpfman.model.FailureCode;
import io.bpfman.operator.pki.core.Admittance;
import io.bpfman.operator.pki.port.TokenCheck;
import io.bpfman.runtime.pki.PeerIdentity;
import io.bpfman.runtime.pki.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tokens for one use, each a file named by the token's SHA-256, with whom it is for and until when;
 * a file beside it says which key has used it. Who reads the directory learns no token.
 */
public final class TokenDirectory implements TokenCheck {
  /** Random bits enough that a plain hash of them cannot be turned back. */
  private static final int BYTES = 32;

  private static final String USED = ".used";

  private final Path directory;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  /** What a file says. */
  private record Ticket(PeerIdentity identity, Instant end) {
    String text() {
      return String.join("\n", identity.role().word(), identity.name(), end.toString()) + "\n";
    }

    static Optional<Ticket> read(String text) {
      List<String> lines = text.lines().toList();
      if (lines.size() != 3) {
        return Optional.empty();
      }
      try {
        Instant end = Instant.parse(lines.get(2));
        return Role.ofWord(lines.get(0))
            .map(role -> new Ticket(new PeerIdentity(role, lines.get(1)), end));
      } catch (DateTimeParseException _) {
        // A file that somebody else wrote is no ticket.
        return Optional.empty();
      }
    }
  }

  /** Touches nothing. */
  public TokenDirectory(Path directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /**
   * A new token, which is written nowhere.
   *
   * @param life until it ends, used or not
   * @throws io.bpfman.model.BpfmanException when the directory cannot be written
   */
  public String issue(PeerIdentity identity, Duration life) {
    removeEnded();
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Ticket ticket = new Ticket(identity, clock.instant().plus(life));
    SecretFiles.replaceSecret(directory.resolve(digest(token)), ticket.text());
    return token;
  }

  /** Of the same token and key again the answer is the same: the first one may have been lost. */
  @Override
  public Admittance check(String token, String node, String keyDigest) {
    Path file = directory.resolve(digest(token));
    Optional<Ticket> found =
        Files.exists(file) ? Ticket.read(SecretFiles.readSecret(file)) : Optional.empty();
    return found
        .filter(ticket -> clock.instant().isBefore(ticket.end()))
        .filter(ticket -> ticket.identity().name().equals(node))
        .filter(_ -> isFirstOrSame(file, keyDigest))
        .<Admittance>map(ticket -> new Admittance.Granted(ticket.identity()))
        .orElseGet(Admittance.Unknown::new);
  }

  private static boolean isFirstOrSame(Path file, String keyDigest) {
    Path used = file.resolveSibling(file.getFileName() + USED);
    SecretFiles.createIfAbsent(used, keyDigest);
    return SecretFiles.readSecret(used).equals(keyDigest);
  }

  private void removeEnded() {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> all = Files.list(directory)) {
      all.filter(path -> path.getFileName().toString().matches("[0-9a-f]{64}"))
          .filter(this::isEnded)
          .forEach(TokenDirectory::remove);
    } catch (IOException e) {
      throw FailureCode.CONFIGURATION_INVALID.because(
          "%s cannot be read: %s".formatted(directory, e),
          "run this as the user of the operator",
          e);
    }
  }

  private boolean isEnded(Path file) {
    return Ticket.read(SecretFiles.readSecret(file))
        .filter(ticket -> clock.instant().isBefore(ticket.end()))
        .isEmpty();
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + USED));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(String token) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
