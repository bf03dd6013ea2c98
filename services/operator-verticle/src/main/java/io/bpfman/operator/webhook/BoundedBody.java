package io.bpfman.operator.webhook;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a body and keeps no more of it than allowed. */
final class BoundedBody {
  private final int limit;
  private final Promise<Optional<byte[]>> whole = Promise.promise();
  private Buffer content = Buffer.buffer();

  private BoundedBody(int limit) {
    this.limit = limit;
  }

  /**
   * Empty as soon as it is larger than {@code limit} bytes; fails when the client goes away. Must
   * be called before the request's handler returns.
   */
  static Future<Optional<byte[]>> read(HttpServerRequest request, int limit) {
    BoundedBody body = new BoundedBody(limit);
    if (announced(request.getHeader(HttpHeaders.CONTENT_LENGTH)) > limit) {
      return Future.succeededFuture(Optional.empty());
    }
    request.exceptionHandler(body.whole::tryFail);
    request.handler(body::part);
    request.endHandler(_ -> body.whole.tryComplete(Optional.of(body.content.getBytes())));
    return body.whole.future();
  }

  private static long announced(@Nullable String length) {
    return length != null && length.matches("[0-9]{1,18}") ? Long.parseLong(length) : 0;
  }

  private void part(Buffer part) {
    if (content.length() + part.length() > limit) {
      whole.tryComplete(Optional.empty());
      content = Buffer.buffer();
    } else if (!whole.future().isComplete()) {
      content.appendBuffer(part);
    }
  }
}
