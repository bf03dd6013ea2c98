package io.bpfman.runtime.pki;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One request for a certificate, on a connection of its own. */
final class EnrolmentCall {
  private static final long LIMIT_SECONDS = 15;
  private static final int MAX_SENTENCE = 300;

  private final Vertx vertx;
  private final EnrolmentSettings.Server server;

  EnrolmentCall(Vertx vertx, EnrolmentSettings.Server server) {
    this.vertx = vertx;
    this.server = server;
  }

  /** Fails after 15 s, and when the answer is none. */
  Future<EnrolmentAnswer> send(Credentials.Choice choice) {
    HttpClient client = vertx.createHttpClient(options(choice));
    return client
        .request(HttpMethod.POST, server.port(), server.host(), EnrolmentRequest.PATH)
        .compose(request -> send(request, choice))
        .compose(EnrolmentCall::body)
        .map(EnrolmentAnswer::read)
        .timeout(LIMIT_SECONDS, TimeUnit.SECONDS)
        .recover(thrown -> Future.failedFuture(explained(thrown)))
        .onComplete(_ -> client.close());
  }

  private HttpClientOptions options(Credentials.Choice choice) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setSsl(true)
            .setVerifyHost(true)
            .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
            .setConnectTimeout((int) TimeUnit.SECONDS.toMillis(LIMIT_SECONDS))
            .setTrustOptions(
                new PemTrustOptions().addCertValue(Buffer.buffer(Pem.write(choice.trusted()))));
    CertificateSet shown = choice.shown();
    if (shown != null) {
      options.setKeyCertOptions(
          new PemKeyCertOptions()
              .addCertValue(Buffer.buffer(Pem.write(shown.chain())))
              .addKeyValue(Buffer.buffer(Pem.write(shown.key()))));
    }
    return options;
  }

  private static Future<HttpClientResponse> send(
      HttpClientRequest request, Credentials.Choice choice) {
    request.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
    if (choice.token() != null) {
      request.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + choice.token());
    }
    return request.send(choice.request().encode());
  }

  private static Future<Buffer> body(HttpClientResponse response) {
    Promise<Buffer> whole = Promise.promise();
    Buffer content = Buffer.buffer();
    response.exceptionHandler(whole::tryFail);
    response.handler(
        part -> {
          if (content.length() + part.length() <= EnrolmentAnswer.MAX_BYTES) {
            content.appendBuffer(part);
          } else if (whole.tryFail("the answer is larger than " + EnrolmentAnswer.MAX_BYTES)) {
            response.request().connection().close();
          }
        });
    response.endHandler(
        _ -> {
          if (response.statusCode() == 200) {
            whole.tryComplete(content);
          } else {
            whole.tryFail("it answers %d: %s".formatted(response.statusCode(), sentence(content)));
          }
        });
    return whole.future();
  }

  private static String sentence(Buffer content) {
    String text = content.toString();
    return text.substring(0, Math.min(text.length(), MAX_SENTENCE))
        .replaceAll("[^ -~]", " ")
        .strip();
  }

  private BpfmanException explained(Throwable thrown) {
    String words = thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
    return FailureCode.UNAVAILABLE.because(
        "no certificate from %s:%d: %s".formatted(server.host(), server.port(), words),
        "check its address, its authority in ca.crt, the token and this node's clock",
        thrown);
  }
}
