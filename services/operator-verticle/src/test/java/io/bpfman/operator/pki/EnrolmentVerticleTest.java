package io.bpfman.operator.pki;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.operator.pki.EnrolmentLab.Reply;
import io.bpfman.operator.pki.core.AuthorityRules;
import io.bpfman.runtime.pki.CertificateSet;
import io.bpfman.runtime.pki.EnrolmentAnswer;
import io.bpfman.runtime.pki.EnrolmentRequest;
import io.bpfman.runtime.pki.KeyPairs;
import io.bpfman.runtime.pki.PeerIdentity;
import io.bpfman.runtime.pki.Pem;
import io.bpfman.runtime.pki.Role;
import io.bpfman.testkit.Commands;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnrolmentVerticleTest {
  private final KeyPair pair = KeyPairs.fresh();
  @TempDir Path directory;
  private EnrolmentLab lab;

  @BeforeEach
  void serve() throws Exception {
    lab = new EnrolmentLab(directory, AuthorityRules.USUAL).serve();
  }

  @AfterEach
  void close() throws Exception {
    lab.close();
  }

  private static Map<String, String> bearer(String token) {
    return Map.of("Authorization", "Bearer " + token);
  }

  private Reply enrol(String node, String token) throws Exception {
    return enrol(node, token, pair);
  }

  private Reply enrol(String node, String token, KeyPair keys) throws Exception {
    Buffer body = EnrolmentRequest.of(node, keys, token.getBytes(UTF_8)).encode();
    return lab.post(lab.options(), bearer(token), body);
  }

  private Reply renew(String node, CertificateSet shown) throws Exception {
    EnrolmentRequest request = EnrolmentRequest.of(node, pair, shown.own().getEncoded());
    CertificateSet trusting =
        new CertificateSet(shown.chain(), shown.key(), all(shown.authorities()));
    return lab.post(lab.options(trusting), Map.of(), request.encode());
  }

  /** A hostile node trusts the server as well. */
  private List<X509Certificate> all(List<X509Certificate> authorities) {
    return Stream.concat(authorities.stream(), lab.keeper.authorities().certificates().stream())
        .toList();
  }

  private CertificateSet set(Reply reply) {
    assertEquals(200, reply.status(), reply.text());
    return EnrolmentAnswer.read(Buffer.buffer(reply.text())).with(pair.getPrivate());
  }

  private CertificateSet node(String name) {
    return lab.certificate(lab.keeper, new PeerIdentity(Role.NODE, name));
  }

  @Test
  void aTokenGivesTheNodeThatItIsForACertificateOfItsName() throws Exception {
    CertificateSet set = set(enrol("node-a", lab.token("node-a")));
    assertEquals(new PeerIdentity(Role.NODE, "node-a"), set.identity());
    assertEquals(lab.keeper.authorities().certificates(), set.authorities());
    Duration left = Duration.between(Instant.now(), set.own().getNotAfter().toInstant());
    assertTrue(left.toHours() == 23 || left.toHours() == 24, left.toString());
  }

  @Test
  void opensslFindsTheChainGoodAndNoPurposeButThatOfAClient() throws Exception {
    CertificateSet set = set(enrol("node-a", lab.token("node-a")));
    String leaf = Files.writeString(directory.resolve("l"), Pem.write(set.own())).toString();
    String ca = directory.resolve("ca.crt").toString();
    String good =
        Commands.run(
            "openssl", "verify", "-x509_strict", "-purpose", "sslclient", "-CAfile", ca, leaf);
    assertTrue(good.contains("OK"), good);
    assertFalse(Commands.tryRun("openssl", "verify", "-purpose", "sslserver", "-CAfile", ca, leaf));
    String text = Commands.run("openssl", "x509", "-noout", "-text", "-in", leaf);
    assertTrue(text.contains("URI:bpfman://node/node-a"), text);
    assertFalse(text.contains("DNS:"), text);
  }

  @Test
  void opensslFindsTheServersNameGoodAndAsksNobodyElse() throws Exception {
    String ca = directory.resolve("ca.crt").toString();
    String[] command = {
      "openssl",
      "s_client",
      "-connect",
      "127.0.0.7:" + lab.port(),
      "-CAfile",
      ca,
      "-verify_return_error",
      "-verify_hostname"
    };
    String seen = run(command, EnrolmentLab.HOST);
    assertTrue(seen.contains("Verify return code: 0 (ok)"), seen);
    assertTrue(seen.contains("Acceptable client certificate CA names"), seen);
    assertTrue(run(command, Role.EDGE_NAME).contains("Verify return code: 0 (ok)"));
    assertThrows(IllegalStateException.class, () -> run(command, Role.MEMBER_NAME));
    assertThrows(IllegalStateException.class, () -> run(command, "other.name"));
  }

  private static String run(String[] command, String last) {
    return Commands.run(Stream.concat(Stream.of(command), Stream.of(last)).toArray(String[]::new));
  }

  @Test
  void withoutTokenOrCertificateNobodyIsLetIn() throws Exception {
    Buffer body = EnrolmentRequest.of("node-a", pair, new byte[0]).encode();
    assertEquals(401, lab.post(lab.options(), Map.of(), body).status());
    assertEquals(
        401, lab.post(lab.options(), Map.of("Authorization", "Basic eDp5"), body).status());
  }

  @Test
  void whatIsWrongWithATokenIsNotTold() throws Exception {
    String used = lab.token("node-a");
    assertEquals(200, enrol("node-a", used).status());
    Reply again = enrol("node-a", used, KeyPairs.fresh());
    Reply never = enrol("node-a", "never-was");
    Reply others = enrol("node-b", lab.token("node-a"));
    String late = lab.token("node-a");
    lab.now.updateAndGet(now -> now.plus(Duration.ofMinutes(61)));
    Reply ended = enrol("node-a", late);
    assertEquals(401, again.status());
    for (Reply other : new Reply[] {never, others, ended}) {
      assertEquals(again, other);
    }
  }

  @Test
  void anAnswerThatWasLostCanBeAskedForAgainWithTheSameKey() throws Exception {
    String token = lab.token("node-a");
    assertEquals(200, enrol("node-a", token).status());
    assertEquals(200, enrol("node-a", token).status());
    assertEquals(401, enrol("node-a", token, KeyPairs.fresh()).status());
  }

  @Test
  void aTokenForAnotherNodeIsNotUsedUp() throws Exception {
    String token = lab.token("node-a");
    assertEquals(401, enrol("node-b", token).status());
    assertEquals(200, enrol("node-a", token).status());
  }

  @Test
  void tokensAreOnDiskAsHashesOnly() throws Exception {
    String token = lab.token("node-a");
    try (Stream<Path> files = Files.list(directory.resolve("tokens"))) {
      for (Path file : files.toList()) {
        assertFalse(file.toString().contains(token));
        assertFalse(Files.readString(file).contains(token));
      }
    }
  }

  @Test
  void aKeyWithoutItsPrivateHalfIsRefused() throws Exception {
    String token = lab.token("node-a");
    byte[] credential = token.getBytes(UTF_8);
    EnrolmentRequest own = EnrolmentRequest.of("node-a", pair, credential);
    EnrolmentRequest stolen =
        new EnrolmentRequest("node-a", KeyPairs.fresh().getPublic(), own.proof());
    EnrolmentRequest ofAnother = EnrolmentRequest.of("node-a", pair, "other".getBytes(UTF_8));
    EnrolmentRequest renamed = new EnrolmentRequest("node-b", pair.getPublic(), own.proof());
    for (EnrolmentRequest request : new EnrolmentRequest[] {stolen, ofAnother, renamed}) {
      Reply reply = lab.post(lab.options(), bearer(token), request.encode());
      assertEquals(403, reply.status(), reply.text());
    }
    assertEquals(200, enrol("node-a", token).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "nonsense", "{\"node\":7}", "{\"node\":\"a\"}"})
  void bodiesThatAreNoRequestAreRefused(String body) throws Exception {
    Reply reply = lab.post(lab.options(), bearer("x"), Buffer.buffer(body));
    assertEquals(400, reply.status(), reply.text());
  }

  @Test
  void otherKeysThanThoseOfP256AreRefused() throws Exception {
    for (String[] kind : new String[][] {{"EC", "384"}, {"RSA", "2048"}}) {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kind[0]);
      generator.initialize(Integer.parseInt(kind[1]));
      byte[] key = generator.generateKeyPair().getPublic().getEncoded();
      JsonObject json =
          new JsonObject()
              .put("node", "a")
              .put("publicKey", Base64.getEncoder().encodeToString(key))
              .put("proof", "AAAA");
      assertEquals(400, lab.post(lab.options(), bearer("x"), json.toBuffer()).status());
    }
  }

  @Test
  void namesThatNoNodeCanHaveAreRefused() throws Exception {
    Reply reply = enrol("a/../b", "x");
    assertEquals(400, reply.status());
  }

  @Test
  void aBodyOfAMegabyteIsNotRead() throws Exception {
    Buffer body = Buffer.buffer(new byte[1 << 20]);
    assertEquals(413, lab.post(lab.options(), bearer("x"), body).status());
    assertEquals(200, enrol("node-a", lab.token("node-a")).status());
  }

  @Test
  void attemptsAreBoundedAndSuccessesAreNot() throws Exception {
    for (int i = 0; i < 30; i++) {
      assertEquals(200, enrol("node-" + i, lab.token("node-" + i)).status());
    }
    for (int i = 0; i < 20; i++) {
      assertEquals(401, enrol("node-a", "guess").status());
    }
    String token = lab.token("node-a");
    assertEquals(429, enrol("node-a", token).status());
    lab.steady.updateAndGet(now -> now.plusSeconds(3));
    assertEquals(200, enrol("node-a", token).status());
  }

  @Test
  void aCertificateThatHoldsRenewsItself() throws Exception {
    CertificateSet set = set(renew("node-a", node("node-a")));
    assertEquals(new PeerIdentity(Role.NODE, "node-a"), set.identity());
    PeerIdentity member = new PeerIdentity(Role.MEMBER, "node-m");
    assertEquals(member, set(renew("node-m", lab.certificate(lab.keeper, member))).identity());
  }

  @Test
  void aCertificateRenewsNobodyElse() throws Exception {
    assertEquals(403, renew("node-b", node("node-a")).status());
    CertificateSet operator =
        lab.certificate(lab.keeper, new PeerIdentity(Role.OPERATOR, "operator-0"));
    assertEquals(403, renew("operator-0", operator).status());
  }

  @Test
  void aCertificateOfAnotherAuthorityIsWorthNothing() throws Exception {
    AuthorityKeeper foreign =
        lab.keeper(directory.resolve("foreign"), AuthorityRules.USUAL, lab.now::get);
    CertificateSet shown = lab.certificate(foreign, new PeerIdentity(Role.NODE, "node-a"));
    // Java's client keeps it to itself, since the server names its authorities; openssl shows it.
    assertEquals(401, renew("node-a", shown).status());
    IllegalStateException thrown =
        assertThrows(IllegalStateException.class, () -> opensslWith(shown));
    assertTrue(thrown.getMessage().contains("alert"), thrown.getMessage());
  }

  private void opensslWith(CertificateSet shown) throws Exception {
    Path certificate = Files.writeString(directory.resolve("c"), Pem.write(shown.chain()));
    Path key = Files.writeString(directory.resolve("k"), Pem.write(shown.key()));
    Commands.run(
        "openssl",
        "s_client",
        "-connect",
        "127.0.0.7:" + lab.port(),
        "-ign_eof",
        "-CAfile",
        directory.resolve("ca.crt").toString(),
        "-cert",
        certificate.toString(),
        "-key",
        key.toString());
  }

  @Test
  void aCertificateThatIsOverIsRefusedByTls() throws Exception {
    Instant present = lab.now.get();
    lab.now.set(present.minus(Duration.ofHours(25)));
    AuthorityKeeper early =
        lab.keeper(directory, AuthorityRules.USUAL, () -> present.minus(Duration.ofHours(25)));
    CertificateSet shown = lab.certificate(early, new PeerIdentity(Role.NODE, "node-a"));
    lab.now.set(present);
    assertThrows(Exception.class, () -> renew("node-a", shown));
  }

  @Test
  void aCertificateThatEndsAfterTheHandshakeIsRefused() throws Exception {
    CertificateSet shown = node("node-a");
    lab.now.updateAndGet(now -> now.plus(Duration.ofHours(25)));
    assertEquals(401, renew("node-a", shown).status());
  }

  @Test
  void whenNobodyCanDecideTheSenderMayComeAgain() throws Exception {
    try (EnrolmentLab broken =
        new EnrolmentLab(directory.resolve("other"), AuthorityRules.USUAL)
            .serve(
                (token, node, key) -> {
                  throw new IllegalStateException("the API server does not answer");
                })) {
      Buffer body = EnrolmentRequest.of("a", pair, "x".getBytes(UTF_8)).encode();
      Reply reply = broken.post(broken.options(), bearer("x"), body);
      assertEquals(503, reply.status());
      assertFalse(reply.text().contains("API server"), reply.text());
    }
  }
}
