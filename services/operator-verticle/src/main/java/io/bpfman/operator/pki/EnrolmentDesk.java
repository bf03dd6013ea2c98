package io.bpfman.operator.pki;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bpfman.model.BpfmanException;
import io.bpfman.operator.pki.core.Admittance;
import io.bpfman.operator.pki.port.TokenCheck;
import io.bpfman.runtime.pki.EnrolmentAnswer;
import io.bpfman.runtime.pki.EnrolmentRequest;
import io.bpfman.runtime.pki.PeerIdentity;
import io.bpfman.runtime.pki.Pem;
import io.bpfman.runtime.pki.Role;
import io.vertx.core.buffer.Buffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides about one request. Blocks; thread-safe. */
final class EnrolmentDesk {
  /** The same whatever is wrong with a token: nobody learns whether there is such a one. */
  private static final String NO_TOKEN =
      "the credential is not valid here; use the pod's token for audience bpfman-enrolment, or a new one of: bpfman-operator enroll NODE";

  private final AuthorityKeeper keeper;
  private final TokenCheck tokens;

  /**
   * @param status of HTTP
   * @param reason for the log, and for the sender when there is no body
   * @param body null: refused
   */
  record Decision(int status, String reason, @Nullable Buffer body) {
    private static Decision refused(int status, String reason) {
      return new Decision(status, reason, null);
    }
  }

  EnrolmentDesk(AuthorityKeeper keeper, TokenCheck tokens) {
    this.keeper = keeper;
    this.tokens = tokens;
  }

  Decision decide(Applicant applicant, byte[] body) {
    EnrolmentRequest request;
    try {
      request = EnrolmentRequest.read(body);
      // A name that no node can have is refused before anybody is asked about it.
      new PeerIdentity(Role.NODE, request.node());
    } catch (IllegalArgumentException | BpfmanException e) {
      return Decision.refused(400, "not understood: " + e.getMessage());
    }
    byte[] credential = credential(applicant);
    if (credential.length == 0) {
      return Decision.refused(401, NO_TOKEN);
    }
    if (!request.isProven(credential)) {
      return Decision.refused(
          403, "the proof does not fit: sign node, credential and key with the key's private half");
    }
    return switch (admittance(applicant, request)) {
      case Admittance.Granted(PeerIdentity identity) -> grant(identity, request);
      case Admittance.Unknown() -> Decision.refused(401, NO_TOKEN);
      case Admittance.Forbidden(String why) -> Decision.refused(403, why);
    };
  }

  private static byte[] credential(Applicant applicant) {
    if (applicant.token() != null) {
      return applicant.token().getBytes(UTF_8);
    }
    X509Certificate certificate = applicant.certificate();
    return certificate == null ? new byte[0] : encoded(certificate);
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was read has no encoding", e);
    }
  }

  private Admittance admittance(Applicant applicant, EnrolmentRequest request) {
    if (applicant.token() != null) {
      return tokens.check(applicant.token(), request.node(), digest(request.key()));
    }
    X509Certificate certificate = applicant.certificate();
    return certificate == null ? new Admittance.Unknown() : renewal(certificate, request.node());
  }

  /** The connection may be older than the end of what it was opened with. */
  private Admittance renewal(X509Certificate certificate, String node) {
    if (!keeper.isValid(certificate)) {
      return new Admittance.Unknown();
    }
    try {
      PeerIdentity identity = PeerIdentity.of(certificate);
      boolean ofNode = identity.role() == Role.NODE || identity.role() == Role.MEMBER;
      if (!ofNode || !identity.name().equals(node)) {
        return new Admittance.Forbidden(
            "the certificate is of %s %s and renews no other"
                .formatted(identity.role().word(), identity.name()));
      }
      return new Admittance.Granted(identity);
    } catch (BpfmanException e) {
      return new Admittance.Forbidden(e.failure().message());
    }
  }

  private static String digest(PublicKey key) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private Decision grant(PeerIdentity identity, EnrolmentRequest request) {
    X509Certificate certificate = keeper.issue(identity, request.key(), List.of());
    EnrolmentAnswer answer =
        new EnrolmentAnswer(Pem.write(certificate), Pem.write(keeper.authorities().certificates()));
    return new Decision(
        200,
        "%s %s has a certificate until %s"
            .formatted(
                identity.role().word(), identity.name(), certificate.getNotAfter().toInstant()),
        answer.encode());
  }
}
