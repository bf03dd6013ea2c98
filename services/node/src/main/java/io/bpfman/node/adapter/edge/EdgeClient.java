package io.bpfman.node.adapter.edge;

import io.bpfman.contract.edge.EdgeMessages;
import io.bpfman.runtime.pki.CertificateSet;
import io.bpfman.runtime.pki.PemOptions;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import java.util.Set;

/** HTTP/2 over TLS 1.3 with the node's certificate, for one connection. */
final class EdgeClient {
  private static final int CONNECT_MS = 3_000;
  private static final int WINDOW_BYTES = 1 << 20;

  private EdgeClient() {}

  static GrpcClient create(Vertx vertx, CertificateSet certificates) {
    HttpClientOptions http =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setConnectTimeout(CONNECT_MS)
            .setHttp2ConnectionWindowSize(WINDOW_BYTES)
            .setInitialSettings(new Http2Settings().setInitialWindowSize(WINDOW_BYTES))
            .setSsl(true)
            .setUseAlpn(true)
            .setVerifyHost(true)
            .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
            .setKeyCertOptions(PemOptions.keys(certificates))
            .setTrustOptions(PemOptions.trust(certificates.authorities()));
    GrpcClientOptions grpc =
        new GrpcClientOptions().setMaxMessageSize(EdgeMessages.MAX_MESSAGE_BYTES);
    return GrpcClient.client(vertx, grpc, http);
  }
}
