package io.bpfman.loader.port;

import java.util.List;

/**
 * Which bytecode images are trusted.
 *
 * @param allowUnsigned images without any signature may be loaded
 * @param verifyEnabled signatures are checked at all
 * @param trusted signers, any of whom is enough; empty: whoever signed
 */
public record SigningPolicy(boolean allowUnsigned, boolean verifyEnabled, List<Identity> trusted) {
  /** bpfman's own: whatever is signed must be signed well. */
  public static final SigningPolicy DEFAULT = new SigningPolicy(true, true, List.of());

  public SigningPolicy {
    trusted = List.copyOf(trusted);
  }

  /** Whether it says the same as {@link #DEFAULT}. */
  public boolean isDefault() {
    // By hand: equals of a record is generated at its first call, which costs a start 20 ms.
    return allowUnsigned && verifyEnabled && trusted.isEmpty();
  }

  /** A signer by what its certificate says. */
  public record Identity(Match identity, Match oidcIssuer) {
    /** Whether it holds for every signer whatever. */
    public boolean acceptsAnybody() {
      return identity.acceptsAnything() && oidcIssuer.acceptsAnything();
    }
  }

  /**
   * How one field of a certificate must read.
   *
   * @param regexp whether {@code text} is a regular expression for the whole field, else the field
   */
  public record Match(String text, boolean regexp) {
    boolean acceptsAnything() {
      return regexp && text.matches("\\^?\\.[*+]\\$?");
    }
  }
}
