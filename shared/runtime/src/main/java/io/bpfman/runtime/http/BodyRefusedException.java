package io.bpfman.runtime.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** A body that is not read to its end; one sentence. */
public final class BodyRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String sentence;

  BodyRefusedException(int status, String sentence) {
    super(sentence);
    this.status = status;
    this.sentence = sentence;
  }

  /** Why; for the answer. */
  public String sentence() {
    return sentence;
  }

  /** For the answer. */
  public int status() {
    return status;
  }

  /** Answers with it and ends the connection: the rest of the body is not read. */
  public void answer(HttpServerRequest request) {
    request.response().putHeader(HttpHeaders.CONNECTION, "close");
    HttpAnswers.text(request, status, sentence).onComplete(_ -> request.connection().close());
  }
}
