package io.bpfman.loader.adapter.grpc;

import io.bpfman.loader.core.Doctor;
import io.bpfman.loader.core.Drift;
import io.bpfman.proto.x.v1.DoctorRequest;
import io.bpfman.proto.x.v1.DoctorResponse;
import io.bpfman.proto.x.v1.Finding;
import io.bpfman.proto.x.v1.RepairOutcome;
import java.util.List;

/** Doctor. Blocking. */
final class DoctorCalls {
  private final Doctor doctor;

  DoctorCalls(Doctor doctor) {
    this.doctor = doctor;
  }

  DoctorResponse answer(DoctorRequest request) {
    List<Finding> findings =
        request.getRepair()
            ? doctor.repair().stream().map(DoctorCalls::treated).toList()
            : doctor.find().stream().map(drift -> finding(drift).build()).toList();
    return DoctorResponse.newBuilder().addAllFindings(findings).build();
  }

  private static Finding.Builder finding(Drift drift) {
    return Finding.newBuilder()
        .setSubject(drift.subject())
        .setProblem(drift.problem())
        .setRemedy(drift.remedy());
  }

  private static Finding treated(Doctor.Treated treated) {
    Finding.Builder finding = finding(treated.drift());
    String failure = treated.failure();
    return failure == null
        ? finding.setOutcome(RepairOutcome.REPAIR_OUTCOME_REPAIRED).build()
        : finding.setOutcome(RepairOutcome.REPAIR_OUTCOME_FAILED).setReason(failure).build();
  }
}
