package io.bpfman.loader.adapter.toml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.loader.port.SigningPolicy;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileReaderTest {
  @TempDir Path directory;

  private Path file() {
    return directory.resolve("bpfman.toml");
  }

  private ConfigFile read(String text) throws IOException {
    return ConfigFileReader.read(Files.writeString(file(), text));
  }

  @Test
  void everythingThatIsKnownIsRead() throws IOException {
    ConfigFile config =
        read(
            """
            [signing]
            allow_unsigned = false
            verify_enabled = false
            [[signing.trusted_identities]]
            certificate_identity = "a@example.com"
            certificate_oidc_issuer = "https://issuer"
            [[signing.trusted_identities]]
            certificate_identity_regexp = "https://github.com/bpfman/.*"
            certificate_oidc_issuer_regexp = "https://token[.]actions.*"
            [logging]
            level = "Debug"
            format = "json"
            [logging.components]
            store = "trace"
            "io.bpfman.loader.core" = "error"
            """);
    assertEquals(
        new ConfigFile(
            "debug",
            true,
            Map.of("store", "trace", "io.bpfman.loader.core", "error"),
            new SigningPolicy(
                false,
                false,
                List.of(
                    new SigningPolicy.Identity(
                        new SigningPolicy.Match("a@example.com", false),
                        new SigningPolicy.Match("https://issuer", false)),
                    new SigningPolicy.Identity(
                        new SigningPolicy.Match("https://github.com/bpfman/.*", true),
                        new SigningPolicy.Match("https://token[.]actions.*", true)))),
            List.of()),
        config);
  }

  @Test
  void anEmptyFileSaysNothing() throws IOException {
    assertEquals(ConfigFile.EMPTY, read("# nothing\n"));
  }

  @Test
  void whatIsUnknownIsToldWithItsLineAndHasNoEffect() throws IOException {
    ConfigFile config =
        read(
            """
            colour = "red"
            [logging]
            level = "warn"
            file = "/x"
            [interfaces.eth0]
            xdp_mode = "drv"
            [database]
            max_retries = 10
            """);
    assertEquals("warn", config.logLevel());
    assertEquals(4, config.notes().size(), config.notes().toString());
    assertEquals(file() + ":1: colour is unknown and has no effect", config.notes().getFirst());
    assertTrue(
        config.notes().contains(file() + ":4: logging.file is unknown and has no effect"),
        config.notes().toString());
    assertTrue(
        config.notes().stream().anyMatch(note -> note.contains("[interfaces] had a meaning")));
    assertTrue(config.notes().stream().anyMatch(note -> note.contains("[database] had a meaning")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[logging]\\nlevel = \"loud\" | :2: logging.level \"loud\" is no log level",
        "[logging]\\nlevel = 3 | :2: logging.level must be a string",
        "[logging]\\nformat = \"xml\" | :2: logging.format \"xml\" is neither text nor json",
        "[logging]\\n[logging.components]\\nstore = \"x\" | :3: logging.components.store \"x\" is no",
        "logging = 1 | :1: logging must be a table",
        "[signing]\\nallow_unsigned = \"no\" | :2: signing.allow_unsigned must be true or false",
        "[signing]\\ntrusted_identities = 1 | :2: signing.trusted_identities must be an array",
        "[signing]\\ntrusted_identities = [1] | :2: signing.trusted_identities must hold tables",
        "[[signing.trusted_identities]]\\ncertificate_identity = \"a\""
            + " | :2: an entry of signing.trusted_identities needs exactly one of"
            + " certificate_oidc_issuer and certificate_oidc_issuer_regexp",
        "[[signing.trusted_identities]]\\ncertificate_identity = \"a\""
            + "\\ncertificate_identity_regexp = \"b\"\\ncertificate_oidc_issuer = \"c\""
            + " | needs exactly one of certificate_identity and certificate_identity_regexp",
        "[[signing.trusted_identities]]\\ncertificate_identity_regexp = \"(\""
            + "\\ncertificate_oidc_issuer = \"c\""
            + " | :2: certificate_identity_regexp is no regular expression",
        "[logging\\nlevel = \"info\" | :1: ",
        "a = 1\\na = 2 | :2: "
      })
  void whatIsMalformedIsRefusedWithFileLineAndReason(String text, String expected) {
    BpfmanException refusal =
        assertThrows(BpfmanException.class, () -> read(text.strip().replace("\\n", "\n")));
    assertEquals(FailureCode.CONFIGURATION_INVALID, refusal.code());
    assertTrue(refusal.getMessage().contains(file().toString()), refusal.getMessage());
    assertTrue(refusal.getMessage().contains(expected), refusal.getMessage());
  }

  @Test
  void anEntryForAnybodyMustBeTheOnlyOne() throws IOException {
    String anybody =
        """
        [[signing.trusted_identities]]
        certificate_identity_regexp = ".*"
        certificate_oidc_issuer_regexp = "^.*$"
        """;
    assertTrue(read(anybody).signing().trusted().getFirst().acceptsAnybody());
    BpfmanException refusal =
        assertThrows(
            BpfmanException.class,
            () ->
                read(
                    anybody
                        + """
                        [[signing.trusted_identities]]
                        certificate_identity = "a"
                        certificate_oidc_issuer = "b"
                        """));
    assertTrue(refusal.getMessage().contains("must be the only one"), refusal.getMessage());
  }

  @Test
  void aFileThatIsMissingOrUnreadableIsRefusedByName() {
    BpfmanException missing =
        assertThrows(BpfmanException.class, () -> ConfigFileReader.read(file()));
    assertTrue(missing.getMessage().contains(file() + " does not exist"), missing.getMessage());
    BpfmanException unreadable =
        assertThrows(BpfmanException.class, () -> ConfigFileReader.read(directory));
    assertEquals(FailureCode.CONFIGURATION_INVALID, unreadable.code());
  }
}
