package io.bpfman.operator.port;

import io.bpfman.api.v1alpha1.ApplicationStatus;
import io.bpfman.operator.core.ManagedApplication;

/**
 * An application with its status.
 *
 * @param status the same instance for as long as it says the same
 * @param released whether it is being deleted and no node that can be reached has it any more
 */
public record ReportedApplication(
    ManagedApplication application, ApplicationStatus status, boolean released) {}
