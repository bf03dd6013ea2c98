package io.bpfman.operator.webhook;

import io.bpfman.operator.webhook.core.CertificateMaker;
import io.bpfman.operator.webhook.port.KeyringStore;
import io.bpfman.operator.webhook.port.TrustBundle;
import java.time.InstantSource;

/** What a {@link CertificateKeeper} works with. */
public record CertificatePorts(
    KeyringStore store, TrustBundle trust, CertificateMaker maker, InstantSource clock) {}
