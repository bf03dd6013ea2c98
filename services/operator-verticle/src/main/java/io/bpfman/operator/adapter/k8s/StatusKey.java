package io.bpfman.operator.adapter.k8s;

/** Something whose status is written. */
sealed interface StatusKey permits StateName, ApplicationName {}
