package io.bpfman.runtime.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** Plain answers. */
public final class HttpAnswers {
  private HttpAnswers() {}

  /** Ends the response with one sentence as text. Does nothing when the client has gone. */
  public static Future<Void> text(HttpServerRequest request, int status, String sentence) {
    if (request.response().ended() || request.response().closed()) {
      return Future.succeededFuture();
    }
    return request
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .end(sentence + "\n");
  }

  /**
   * False, and answered, for another path or another method than POST.
   *
   * @param what continues "needs a POST"
   */
  public static boolean isPost(HttpServerRequest request, String path, String what) {
    if (!path.equals(request.path())) {
      text(request, 404, "only " + path + " is here");
      return false;
    }
    if (!request.method().equals(HttpMethod.POST)) {
      request.response().putHeader(HttpHeaders.ALLOW, "POST");
      text(request, 405, "needs a POST" + what);
      return false;
    }
    return true;
  }

  /** False, and answered, for a method other than GET and HEAD. */
  public static boolean isRead(HttpServerRequest request) {
    boolean read =
        request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    if (!read) {
      request.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
      text(request, 405, request.method() + " is not allowed here; use GET");
    }
    return read;
  }
}
