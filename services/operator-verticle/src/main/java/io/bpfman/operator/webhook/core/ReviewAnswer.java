package io.bpfman.operator.webhook.core;

import io.bpfman.api.manifest.FieldProblem;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusCauseBuilder;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReview;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** The answer to the API server. */
public final class ReviewAnswer {
  /** HTTP's Unprocessable Entity, as for objects that the schema refuses. */
  private static final int UNPROCESSABLE = 422;

  /** More problems than this help nobody. */
  private static final int SHOWN = 50;

  private static final int MAX_MESSAGE = 1000;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private ReviewAnswer() {}

  /** JSON; allowed when there are no problems. */
  public static byte[] of(AdmissionRequest request, List<FieldProblem> problems) {
    AdmissionResponse response = new AdmissionResponse();
    response.setUid(request.getUid());
    response.setAllowed(problems.isEmpty());
    if (!problems.isEmpty()) {
      response.setStatus(refusal(request, problems));
    }
    AdmissionReview review = new AdmissionReview();
    review.setApiVersion(Review.API_VERSION);
    review.setKind(Review.KIND);
    review.setResponse(response);
    return MAPPER.writeValueAsBytes(review);
  }

  /** As the API server's own refusals, so that clients show them alike. */
  private static Status refusal(AdmissionRequest request, List<FieldProblem> problems) {
    List<StatusCause> causes = problems.stream().limit(SHOWN).map(ReviewAnswer::cause).toList();
    String words =
        causes.stream()
            .map(cause -> cause.getField() + ": " + cause.getMessage())
            .collect(Collectors.joining("; "));
    int hidden = problems.size() - causes.size();
    return new StatusBuilder()
        .withStatus("Failure")
        .withCode(UNPROCESSABLE)
        .withReason("Invalid")
        .withMessage(hidden == 0 ? words : words + "; and " + hidden + " more")
        .withNewDetails()
        .withGroup(request.getKind().getGroup())
        .withKind(request.getKind().getKind())
        .withName(request.getName())
        .withCauses(causes)
        .endDetails()
        .build();
  }

  private static StatusCause cause(FieldProblem problem) {
    String words = problem.message();
    return new StatusCauseBuilder()
        .withField(problem.path())
        .withReason(problem.reason().word())
        .withMessage(words.length() > MAX_MESSAGE ? words.substring(0, MAX_MESSAGE) + "..." : words)
        .build();
  }
}
