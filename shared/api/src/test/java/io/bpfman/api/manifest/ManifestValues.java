package io.bpfman.api.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The table of what kubectl and the API server make of values. */
public final class ManifestValues {
  /** What the table says of a value that is not taken. */
  public static final String REFUSED = "REFUSED";

  /** What it says of a value that is taken and that nobody can read. */
  public static final String UNREADABLE = "UNREADABLE";

  private static final String APPLICATION =
      """
      apiVersion: bpfman.io/v1alpha1
      kind: ClusterBpfApplication
      metadata: {name: values}
      spec:
        nodeSelector:
          matchLabels:
            %s: %s
        byteCode: {path: /opt/counter.o}
        globalData:
          data: %s
        programs:
          - name: xdp_count
            type: XDP
            xdp:
              links:
                - interfaceSelector:
                    interfacesDiscoveryConfig:
                      interfaceAutoDiscovery: %s
                  priority: %s
      """;

  private static final Path CONFIG =
      Path.of(System.getProperty("bpfman.root", "../.."))
          .resolve("k8s/samples/cluster/config.yaml");

  private ManifestValues() {}

  /**
   * One line.
   *
   * @param expected as {@link #text} shows it, {@link #REFUSED} or {@link #UNREADABLE}
   */
  public record Case(String field, String written, String expected) {
    /** A manifest that holds the value. */
    public String manifest() {
      if (field.equals("quantity")) {
        return config().replace("memory: 96Mi", "memory: " + written);
      }
      List<String> parts =
          Stream.of("key", "label", "bytes", "flag", "priority")
              .map(name -> name.equals(field) ? written : DEFAULTS.get(name))
              .toList();
      return APPLICATION.formatted(parts.toArray());
    }
  }

  private static final Map<String, String> DEFAULTS =
      Map.of("key", "a", "label", "b", "bytes", "AQ==", "flag", "true", "priority", "1");

  private static String config() {
    try {
      return Files.readString(CONFIG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All lines. */
  public static List<Case> all() {
    try (InputStream in = ManifestValues.class.getResourceAsStream("/manifest/values.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .map(line -> line.split("\\|", -1))
          .map(parts -> new Case(parts[0].strip(), parts[1].strip(), parts[2].strip()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes as the table shows them. */
  public static String text(byte[] bytes) {
    return bytes.length == 0 ? "-" : HexFormat.of().formatHex(bytes);
  }
}
