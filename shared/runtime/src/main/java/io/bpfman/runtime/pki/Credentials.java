package io.bpfman.runtime.pki;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a node has to show, and whom it trusts. Blocks; one call at a time. */
final class Credentials {
  private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);

  private final EnrolmentSettings settings;
  private volatile @Nullable CertificateSet last;
  private volatile @Nullable KeyPair pair;
  private volatile boolean preferToken;
  private String told = "";

  /**
   * One try.
   *
   * @param token null: the certificate is shown
   * @param shown null: the token is sent
   */
  record Choice(
      EnrolmentRequest request,
      KeyPair pair,
      List<X509Certificate> trusted,
      @Nullable String token,
      @Nullable CertificateSet shown) {
    /** Without the token. */
    @Override
    public String toString() {
      return "Choice[" + request.node() + "]";
    }
  }

  Credentials(EnrolmentSettings settings) {
    this.settings = settings;
  }

  /** What is on disk, over or not; empty also when it cannot be used, which is told. */
  Optional<CertificateSet> present() {
    try {
      Optional<CertificateSet> found = settings.files().read();
      last = found.orElse(null);
      told = "";
      return found;
    } catch (IllegalStateException e) {
      if (!told.equals(e.getMessage())) {
        told = String.valueOf(e.getMessage());
        LOG.warn("{} enrols anew", settings.node(), e);
      }
      last = null;
      return Optional.empty();
    }
  }

  /** Of the last {@link #present}. */
  @Nullable CertificateSet last() {
    return last;
  }

  /**
   * What to try next.
   *
   * @throws BpfmanException CONFIGURATION_INVALID when there is nothing to show or nobody to trust
   */
  Choice choose() {
    CertificateSet set = last;
    Instant now = settings.times().clock().instant();
    boolean usable = set != null && !set.isOver(now);
    Optional<String> token = usable && !preferToken ? Optional.empty() : token();
    KeyPair own = pair == null ? KeyPairs.fresh() : pair;
    // The same again, until it is certified: a token for one use may have been used for it already.
    pair = own;
    List<X509Certificate> trusted = trusted(set);
    if (token.isPresent()) {
      byte[] credential = token.get().getBytes(UTF_8);
      EnrolmentRequest request = EnrolmentRequest.of(settings.node(), own, credential);
      return new Choice(request, own, trusted, token.get(), null);
    }
    if (set == null || !usable) {
      throw FailureCode.CONFIGURATION_INVALID.because(
          "%s has no certificate that still holds and no token in %s"
              .formatted(settings.node(), settings.credentials().token()),
          "put the token of \"bpfman-operator enroll %s\" there".formatted(settings.node()));
    }
    EnrolmentRequest request = EnrolmentRequest.of(settings.node(), own, encoded(set.own()));
    return new Choice(request, own, trusted, null, set);
  }

  /** The other one next time, where there are both. */
  void refused() {
    preferToken = !preferToken;
  }

  /**
   * Takes a new certificate into use.
   *
   * @throws IllegalArgumentException when it does not fit the request
   */
  CertificateSet keep(EnrolmentAnswer answer, KeyPair own) {
    CertificateSet set = answer.with(own.getPrivate());
    if (!set.identity().name().equals(settings.node())) {
      throw new IllegalArgumentException("the operator answers a certificate of " + set.identity());
    }
    settings.files().write(set);
    last = set;
    pair = null;
    preferToken = false;
    return set;
  }

  private Optional<String> token() {
    Path file = settings.credentials().token();
    if (file == null || !Files.exists(file)) {
      return Optional.empty();
    }
    String text = text(file).strip();
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private List<X509Certificate> trusted(@Nullable CertificateSet set) {
    Set<X509Certificate> all = new LinkedHashSet<>();
    Path file = settings.credentials().authorities();
    if (file != null && Files.exists(file)) {
      all.addAll(certificates(file));
    }
    if (set != null) {
      all.addAll(set.authorities());
    }
    if (all.isEmpty()) {
      throw FailureCode.CONFIGURATION_INVALID.because(
          "%s knows no authority to trust: %s does not exist".formatted(settings.node(), file),
          "put the operator's ca.crt there; nobody is trusted at first use");
    }
    return List.copyOf(all);
  }

  private static List<X509Certificate> certificates(Path file) {
    try {
      return Pem.certificates(text(file), file.toString());
    } catch (IllegalArgumentException e) {
      throw FailureCode.CONFIGURATION_INVALID.because(
          e.getMessage() + "", "put the operator's ca.crt there", e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw FailureCode.CONFIGURATION_INVALID.because(
          "%s cannot be read: %s".formatted(file, e), "check that this user may read it", e);
    }
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was read has no encoding", e);
    }
  }
}
