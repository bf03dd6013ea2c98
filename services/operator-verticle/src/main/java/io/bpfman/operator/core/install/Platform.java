package io.bpfman.operator.core.install;

/**
 * What the cluster has beyond Kubernetes.
 *
 * @param monitoring ServiceMonitors of the Prometheus Operator
 * @param openShift routes and security context constraints
 */
public record Platform(boolean monitoring, boolean openShift) {}
