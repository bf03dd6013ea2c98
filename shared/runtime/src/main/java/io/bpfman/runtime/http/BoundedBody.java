package io.bpfman.runtime.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** One body, of which no more is kept than allowed. For one event loop. */
public final class BoundedBody {
  private final BodyRoom room;
  private final int limit;
  private final Promise<BoundedBody> whole = Promise.promise();
  private Buffer content = Buffer.buffer();

  BoundedBody(BodyRoom room, int limit) {
    this.room = room;
    this.limit = limit;
  }

  Future<BoundedBody> receive(HttpServerRequest request) {
    request.exceptionHandler(
        thrown -> {
          release();
          whole.tryFail(thrown);
        });
    if (announced(request.getHeader(HttpHeaders.CONTENT_LENGTH)) > limit) {
      tooLarge();
    } else {
      request.handler(this::part);
      request.endHandler(_ -> whole.tryComplete(this));
    }
    return whole.future();
  }

  private static long announced(@Nullable String length) {
    return length != null && length.matches("[0-9]{1,18}") ? Long.parseLong(length) : 0;
  }

  private void part(Buffer part) {
    if (whole.future().isComplete()) {
      return;
    }
    if (content.length() + part.length() > limit) {
      tooLarge();
      return;
    }
    content.appendBuffer(part);
    room.take(part.length());
  }

  private void tooLarge() {
    refuse(413, "the body is larger than %d bytes".formatted(limit));
  }

  /** Nothing more is kept of it. Does nothing once it is whole. */
  void refuse(int status, String sentence) {
    if (!whole.future().isComplete()) {
      release();
      whole.fail(new BodyRefusedException(status, sentence));
    }
  }

  public byte[] bytes() {
    return content.getBytes();
  }

  public int size() {
    return content.length();
  }

  /** Idempotent. */
  public void release() {
    room.giveBack(content.length());
    content = Buffer.buffer();
  }
}
