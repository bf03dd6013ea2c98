package io.bpfman.testkit.peer;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;

/**
 * The client that bpfman publishes for Go, in a process of its own. Requests and answers cross to
 * it as JSON; what goes over the socket is made and read by Go alone. Calls have 30 s. One thread.
 */
public final class GoClient implements AutoCloseable {
  private final GoProgram program;

  private GoClient(GoProgram program) {
    this.program = program;
  }

  /** Connects at the first call. */
  public static GoClient of(Path socket) {
    return new GoClient(GoProgram.start("call", socket));
  }

  /**
   * Carries out one call of bpfman.v1.
   *
   * @param method for example {@code Load}
   * @param response what the answer is read into; answered again
   * @throws GoStatusException when it ends with another status than OK
   */
  public <B extends Message.Builder> B call(String method, Message request, B response) {
    try {
      program.send(
          method + " " + JsonFormat.printer().omittingInsignificantWhitespace().print(request));
      JsonObject outcome = new JsonObject(program.read());
      if (outcome.containsKey("code")) {
        throw new GoStatusException(outcome.getString("code"), outcome.getString("message", ""));
      }
      JsonFormat.parser().merge(outcome.getJsonObject("answer").encode(), response);
      return response;
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("what Go answered is no " + method + " response", e);
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
