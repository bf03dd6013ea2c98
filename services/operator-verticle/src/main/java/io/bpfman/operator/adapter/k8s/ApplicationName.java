package io.bpfman.operator.adapter.k8s;

import io.bpfman.model.ApplicationKey;

/** An application. */
record ApplicationName(ApplicationKey key) implements StatusKey {
  @Override
  public String toString() {
    return key.text();
  }
}
