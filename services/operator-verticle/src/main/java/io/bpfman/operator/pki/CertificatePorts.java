package io.bpfman.operator.pki;

import io.bpfman.operator.pki.core.CertificateMaker;
import io.bpfman.operator.pki.port.KeyringStore;
import io.bpfman.operator.pki.port.TrustBundle;
import java.time.InstantSource;

/** What a keeper of certificates works with. */
public record CertificatePorts(
    KeyringStore store, TrustBundle trust, CertificateMaker maker, InstantSource clock) {}
