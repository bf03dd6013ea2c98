package io.bpfman.cli.program;

import io.bpfman.cli.CliContext;
import io.bpfman.model.Bytecode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code bpfman program load image}. */
@Command(name = "image", description = "Loads programs of an OCI image.")
final class LoadImageCommand implements Callable<Integer> {
  private final CliContext context;

  @Parameters(paramLabel = "IMAGE", description = "Image reference.")
  private String image = "";

  @Option(
      names = {"-p", "--pull-policy"},
      paramLabel = "POLICY",
      converter = PolicyConverter.class,
      description = "Always, IfNotPresent (default) or Never.")
  private Bytecode.PullPolicy policy = Bytecode.PullPolicy.IF_NOT_PRESENT;

  @Option(
      names = "--registry-auth",
      paramLabel = "BASE64",
      converter = CredentialsConverter.class,
      description = "user:password in base64 (BPFMAN_REGISTRY_AUTH).")
  private Credentials credentials = new Credentials("", "");

  @Mixin private LoadOptions options = new LoadOptions();

  LoadImageCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    boolean anonymous = credentials.user().isEmpty();
    return options.load(
        context,
        new Bytecode.Image(
            image,
            policy,
            anonymous ? null : credentials.user(),
            anonymous ? null : credentials.password()),
        null);
  }

  /** User name and password of a registry; both empty for none. */
  record Credentials(String user, String password) {
    @Override
    public String toString() {
      return "credentials of " + user;
    }
  }

  /** Reads the spelling of the custom resources, in any case. */
  static final class PolicyConverter implements ITypeConverter<Bytecode.PullPolicy> {
    @Override
    public Bytecode.PullPolicy convert(String text) {
      for (Bytecode.PullPolicy policy : Bytecode.PullPolicy.values()) {
        if (policy.name().replace("_", "").equalsIgnoreCase(text)) {
          return policy;
        }
      }
      throw new TypeConversionException(
          "\"%s\" is not a pull policy: Always, IfNotPresent, Never".formatted(text));
    }
  }

  /** Reads base64 of {@code user:password}; the value never appears in a message. */
  static final class CredentialsConverter implements ITypeConverter<Credentials> {
    @Override
    public Credentials convert(String text) {
      String plain = decode(text);
      int colon = plain.indexOf(':');
      if (colon <= 0 || colon == plain.length() - 1) {
        throw new TypeConversionException("--registry-auth is not base64 of user:password");
      }
      return new Credentials(plain.substring(0, colon), plain.substring(colon + 1));
    }

    private static String decode(String text) {
      try {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException notBase64) {
        TypeConversionException refused =
            new TypeConversionException("--registry-auth is not base64");
        refused.initCause(notBase64);
        throw refused;
      }
    }
  }
}
