package io.bpfman.operator.adapter.k8s;

import io.bpfman.api.v1alpha1.ApiNames;
import io.bpfman.api.v1alpha1.ApplicationStateResource;
import io.bpfman.api.v1alpha1.ApplicationStateStatus;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a state object on the API server is known to say.
 *
 * @param version its resourceVersion
 * @param digest of its status without update count and without times of transitions: a leader that
 *     takes over sees transitions that nobody ever wrote; zero for an object without status
 * @param updateCount of its status
 * @param owner name of its application; empty for an object without that label
 * @param owned whether garbage collection removes it with its application
 * @param held whether a finalizer of bpfman's agents keeps it, which nobody else takes off
 */
record ServerState(
    long version, UUID digest, long updateCount, String owner, boolean owned, boolean held) {
  private static final UUID NOTHING = new UUID(0, 0);
  private static final Pattern TRANSITION = Pattern.compile("\"lastTransitionTime\":\"[^\"]*\",?");

  static ServerState of(ApplicationStateResource state, KubernetesSerialization json) {
    ApplicationStateStatus status = state.getStatus();
    return new ServerState(
        Versions.of(state),
        digest(status, json),
        status == null ? 0 : status.getUpdateCount(),
        Objects.requireNonNullElse(state.getMetadata().getLabels(), Map.<String, String>of())
            .getOrDefault(ApiNames.OWNER_LABEL, ""),
        !state.getMetadata().getOwnerReferences().isEmpty(),
        !Collections.disjoint(state.getFinalizers(), ApiNames.AGENT_FINALIZERS));
  }

  ServerState ownedBy(String same) {
    return new ServerState(version, digest, updateCount, same, owned, held);
  }

  static UUID digest(@Nullable ApplicationStateStatus status, KubernetesSerialization json) {
    if (status == null || status.getConditions().isEmpty()) {
      return NOTHING;
    }
    String text = json.asJson(status);
    String counted = text.replaceFirst("\"updateCount\":" + status.getUpdateCount() + ",?", "");
    String without = TRANSITION.matcher(counted).replaceAll("");
    return UUID.nameUUIDFromBytes(without.getBytes(StandardCharsets.UTF_8));
  }
}
