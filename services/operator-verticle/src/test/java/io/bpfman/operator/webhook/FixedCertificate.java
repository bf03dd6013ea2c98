package io.bpfman.operator.webhook;

import io.bpfman.operator.webhook.core.Keyring;
import io.bpfman.operator.webhook.core.KeyringPem;
import io.bpfman.runtime.http.CertificateSource;
import io.bpfman.runtime.http.ServingCertificate;
import java.util.Map;
import java.util.Optional;

/** The certificate of a keyring. */
record FixedCertificate(Keyring ring) implements CertificateSource {
  @Override
  public Optional<ServingCertificate> read() {
    Map<String, String> texts = KeyringPem.write(ring);
    return Optional.of(
        new ServingCertificate(texts.get(KeyringPem.CERTIFICATE), texts.get(KeyringPem.KEY)));
  }

  @Override
  public String describe() {
    return "the test";
  }
}
