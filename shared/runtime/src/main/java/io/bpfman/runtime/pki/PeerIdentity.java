package io.bpfman.runtime.pki;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import java.net.URI;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whom a certificate names: its one URI {@code bpfman://ROLE/NAME}. The certificate must have been
 * verified before, by TLS or otherwise; here is no check of signatures or times.
 *
 * @param name of the node, or of the operator's pod or host
 */
public record PeerIdentity(Role role, String name) {
  private static final String SCHEME = "bpfman";

  /** Types of alternative names of RFC 5280, section 4.2.1.6. */
  private static final int DNS = 2;

  private static final int URI_NAME = 6;

  private static final int MAX_NAME = 253;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9._]*[A-Za-z0-9])?");

  /**
   * @throws BpfmanException INVALID_REQUEST when the name cannot be a host's
   */
  public PeerIdentity {
    if (name.length() > MAX_NAME || !NAME.matcher(name).matches()) {
      throw FailureCode.INVALID_REQUEST.because(
          "\"%s\" is no name of a %s".formatted(printable(name), role.word()),
          "letters, digits, '-', '.' and '_', at most %d".formatted(MAX_NAME));
    }
  }

  /** The URI that stands in the certificate. */
  public URI uri() {
    return URI.create(SCHEME + "://" + role.word() + "/" + name);
  }

  /**
   * Reads a verified certificate.
   *
   * @throws BpfmanException PERMISSION_DENIED when it names nobody or several, or has a DNS name
   *     that marks another role
   */
  public static PeerIdentity of(X509Certificate certificate) {
    List<URI> uris =
        alternatives(certificate, URI_NAME).stream()
            .map(URI::create)
            .filter(uri -> SCHEME.equals(uri.getScheme()))
            .toList();
    if (uris.size() != 1) {
      throw refused(certificate, "has %d names bpfman://ROLE/NAME, not 1".formatted(uris.size()));
    }
    PeerIdentity identity = of(certificate, uris.getFirst());
    for (Role other : Role.values()) {
      boolean foreign =
          other.names().stream()
              .filter(name -> !identity.role().names().contains(name))
              .anyMatch(alternatives(certificate, DNS)::contains);
      if (foreign) {
        throw refused(
            certificate, "is of a %s and of a %s".formatted(identity.role().word(), other.word()));
      }
    }
    return identity;
  }

  private static PeerIdentity of(X509Certificate certificate, URI uri) {
    String path = String.valueOf(uri.getRawPath());
    Role role =
        Role.ofWord(String.valueOf(uri.getHost()))
            .orElseThrow(() -> refused(certificate, "names an unknown role: " + uri));
    if (!path.startsWith("/") || !NAME.matcher(path.substring(1)).matches()) {
      throw refused(certificate, "names nobody: " + uri);
    }
    return new PeerIdentity(role, path.substring(1));
  }

  private static List<String> alternatives(X509Certificate certificate, int type) {
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      return all == null
          ? List.of()
          : all.stream()
              .filter(entry -> Integer.valueOf(type).equals(entry.get(0)))
              .map(entry -> String.valueOf(entry.get(1)))
              .toList();
    } catch (CertificateParsingException e) {
      throw FailureCode.PERMISSION_DENIED.because(
          "a certificate has names that cannot be read", "use one of the operator's CA", e);
    }
  }

  private static BpfmanException refused(X509Certificate certificate, String why) {
    return FailureCode.PERMISSION_DENIED.because(
        "the certificate of %s %s".formatted(certificate.getSubjectX500Principal(), why),
        "use one that the operator's CA has made for this purpose");
  }

  private static String printable(String text) {
    String start = text.substring(0, Math.min(text.length(), MAX_NAME));
    return start.replaceAll("[^ -~]", "?");
  }
}
