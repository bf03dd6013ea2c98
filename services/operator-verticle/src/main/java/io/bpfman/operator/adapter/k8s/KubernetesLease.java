package io.bpfman.operator.adapter.k8s;

import io.bpfman.operator.core.LeaseRecord;
import io.bpfman.operator.port.LeaseStore;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Lease object. */
public final class KubernetesLease implements LeaseStore {
  private final KubernetesClient client;
  private final String namespace;
  private final String name;

  public KubernetesLease(KubernetesClient client, String namespace, String name) {
    this.client = client;
    this.namespace = namespace;
    this.name = name;
  }

  @Override
  public Optional<LeaseRecord> read() {
    @Nullable Lease lease = client.leases().inNamespace(namespace).withName(name).get();
    return Optional.ofNullable(lease).map(KubernetesLease::record);
  }

  @Override
  public void write(LeaseRecord record) {
    Lease lease = lease(record);
    if (record.version().isEmpty()) {
      client.resource(lease).create();
    } else {
      client.resource(lease).update();
    }
  }

  private static LeaseRecord record(Lease lease) {
    LeaseSpec spec = lease.getSpec() == null ? new LeaseSpec() : lease.getSpec();
    return new LeaseRecord(
        spec.getHolderIdentity() == null ? "" : spec.getHolderIdentity(),
        spec.getLeaseDurationSeconds() == null ? 1 : spec.getLeaseDurationSeconds(),
        instant(spec.getAcquireTime()),
        instant(spec.getRenewTime()),
        spec.getLeaseTransitions() == null ? 0 : spec.getLeaseTransitions(),
        lease.getMetadata().getResourceVersion());
  }

  private static Instant instant(@Nullable ZonedDateTime time) {
    return time == null ? Instant.EPOCH : time.toInstant();
  }

  private Lease lease(LeaseRecord record) {
    return new LeaseBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .withResourceVersion(record.version().isEmpty() ? null : record.version())
        .endMetadata()
        .withNewSpec()
        .withHolderIdentity(record.holder())
        .withLeaseDurationSeconds(record.durationSeconds())
        .withAcquireTime(time(record.acquired()))
        .withRenewTime(time(record.renewed()))
        .withLeaseTransitions(Math.toIntExact(record.transitions()))
        .endSpec()
        .build();
  }

  /** MicroTime has six digits. */
  private static ZonedDateTime time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS).atZone(ZoneOffset.UTC);
  }
}
