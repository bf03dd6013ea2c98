package io.bpfman.operator.webhook.core;

import io.bpfman.operator.pki.core.CertificateMaker;
import io.bpfman.operator.pki.core.Identity;
import io.bpfman.operator.pki.core.Leaf;
import io.bpfman.operator.pki.core.Validity;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * When authority and certificate are replaced: at two thirds of their lives. No call is refused
 * meanwhile, because a new authority signs only after clients have had time to trust it, and an old
 * one is trusted until its end. Pure.
 *
 * @param names DNS names or IP addresses of the webhook
 * @param authorityLife of a new authority
 * @param certificateLife of a new certificate, cut at the end of its authority
 * @param spreading time that API servers get to notice a new bundle
 */
public record Rotation(
    List<String> names, Duration authorityLife, Duration certificateLife, Duration spreading) {
  public Rotation {
    names = List.copyOf(names);
  }

  /** A year, 90 days and a minute. */
  public static Rotation of(List<String> names) {
    return new Rotation(names, Duration.ofDays(365), Duration.ofDays(90), Duration.ofMinutes(1));
  }

  /**
   * What comes next.
   *
   * @param trustedSince when the bundle with the newest authority was published; {@link
   *     Instant#MAX} when it was not
   */
  public RotationStep next(Keyring ring, Instant now, Instant trustedSince) {
    if (Keyring.isOver(ring.authority().certificate(), now)) {
      return RotationStep.START_OVER;
    }
    boolean over = Keyring.isOver(ring.serving().certificate(), now);
    if (over || !ring.names().equals(names) || !ring.servesTrusted(now)) {
      return RotationStep.NEW_CERTIFICATE;
    }
    if (!ring.servesNewest()) {
      boolean spread = !trustedSince.isAfter(now.minus(spreading));
      return spread ? RotationStep.NEW_CERTIFICATE : RotationStep.KEEP;
    }
    if (Keyring.isDue(ring.authority().certificate(), now)) {
      return RotationStep.NEW_AUTHORITY;
    }
    if (Keyring.isDue(ring.serving().certificate(), now)) {
      return RotationStep.NEW_CERTIFICATE;
    }
    boolean old = ring.older().stream().anyMatch(ca -> Keyring.isOver(ca, now));
    return old ? RotationStep.DROP_OLD : RotationStep.KEEP;
  }

  /** A keyring from nothing. */
  public Keyring begin(CertificateMaker maker, Instant now) {
    Identity authority = maker.authority("bpfman-webhook-ca", Validity.of(now, authorityLife));
    return new Keyring(authority, List.of(), issue(maker, authority, now), names);
  }

  /** The keyring after {@code step}. */
  public Keyring apply(RotationStep step, Keyring ring, CertificateMaker maker, Instant now) {
    return switch (step) {
      case KEEP -> ring;
      case START_OVER -> begin(maker, now);
      case NEW_AUTHORITY -> withNewAuthority(ring, maker, now);
      case NEW_CERTIFICATE ->
          new Keyring(ring.authority(), ring.older(), issue(maker, ring.authority(), now), names);
      case DROP_OLD -> withoutOld(ring, now);
    };
  }

  private Keyring withNewAuthority(Keyring ring, CertificateMaker maker, Instant now) {
    var older =
        Stream.concat(Stream.of(ring.authority().certificate()), ring.older().stream()).toList();
    Identity authority = maker.authority("bpfman-webhook-ca", Validity.of(now, authorityLife));
    return withoutOld(new Keyring(authority, older, ring.serving(), ring.names()), now);
  }

  private static Keyring withoutOld(Keyring ring, Instant now) {
    var left = ring.older().stream().filter(Predicate.not(ca -> Keyring.isOver(ca, now))).toList();
    return new Keyring(ring.authority(), left, ring.serving(), ring.names());
  }

  private Identity issue(CertificateMaker maker, Identity authority, Instant now) {
    Instant end = authority.certificate().getNotAfter().toInstant();
    KeyPair pair = maker.newPair();
    Leaf leaf =
        new Leaf("bpfman-webhook", pair.getPublic(), names, List.of(), Set.of(Leaf.Use.SERVER));
    return new Identity(
        maker.leaf(authority, leaf, Validity.of(now, certificateLife).until(end)),
        pair.getPrivate());
  }
}
