package io.bpfman.operator.pki.core;

import io.bpfman.runtime.pki.CertificateSet;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * When authorities come and go. Every holder of a certificate learns of a new authority when it
 * renews, so within one life of a certificate: only then does the new one sign. The old one is
 * trusted until the last certificate that it signed is over, a life later. Nobody who renews in
 * time ever meets a certificate that it does not trust. Pure: only the times in the certificates
 * count, so that a crash loses nothing.
 *
 * @param authorityLife of a new authority
 * @param leafLife of a new certificate, cut at the end of its authority
 */
public record AuthorityRules(Duration authorityLife, Duration leafLife) {
  /** Ten years and a day. */
  public static final AuthorityRules USUAL =
      new AuthorityRules(Duration.ofDays(3650), Duration.ofDays(1));

  private static final String NAME = "bpfman-ca";

  /** From nothing. */
  public Authorities begin(CertificateMaker maker, Instant now) {
    return new Authorities(List.of(authority(maker, now)));
  }

  /** The authority that signs now: the newest that everybody knows, else the oldest there is. */
  public Identity signing(Authorities authorities, Instant now) {
    return authorities.all().stream()
        .filter(each -> !now.isBefore(signsFrom(each)))
        .findFirst()
        .orElse(authorities.all().getLast());
  }

  /** What is to be there from now on; equal when nothing is to be done. */
  public Authorities next(Authorities present, CertificateMaker maker, Instant now) {
    Identity newest = present.newest();
    if (isOver(newest, now)) {
      return begin(maker, now);
    }
    List<Identity> all = new ArrayList<>();
    boolean due = !now.isBefore(CertificateSet.twoThirds(newest.certificate()));
    if (due && signing(present, now).equals(newest)) {
      all.add(authority(maker, now));
    }
    all.add(newest);
    for (int i = 1; i < present.all().size(); i++) {
      Identity old = present.all().get(i);
      Instant last = signsFrom(present.all().get(i - 1)).plus(leafLife);
      if (now.isBefore(last) && !isOver(old, now)) {
        all.add(old);
      }
    }
    return new Authorities(all);
  }

  /** Of a certificate that {@code authority} signs now. */
  public Validity leafValidity(Identity authority, Instant now) {
    return Validity.of(now, leafLife).until(authority.certificate().getNotAfter().toInstant());
  }

  private Identity authority(CertificateMaker maker, Instant now) {
    return maker.authority(NAME, Validity.of(now, authorityLife));
  }

  private Instant signsFrom(Identity authority) {
    return madeAt(authority.certificate()).plus(leafLife);
  }

  /** A certificate begins a little before it is made, and says no other time. */
  private Instant madeAt(X509Certificate certificate) {
    return certificate.getNotBefore().toInstant().plus(Validity.early(authorityLife));
  }

  private static boolean isOver(Identity identity, Instant now) {
    return !now.isBefore(identity.certificate().getNotAfter().toInstant());
  }
}
