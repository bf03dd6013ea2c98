package io.bpfman.api.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.Schema;

/** YAML text within bounds, as node trees that know their place in the text. */
final class YamlText {
  /** Largest manifest, bytes. Kubernetes stores objects of at most 1.5 MiB. */
  static final int MAX_BYTES = 1 << 20;

  private static final int MAX_DEPTH = 64;
  private static final int MAX_ALIASES = 50;

  private static final Schema SCHEMA =
      new Schema() {
        private final ScalarResolver scalars = new KubernetesScalars();

        @Override
        public ScalarResolver getScalarResolver() {
          return scalars;
        }

        @Override
        public Map<Tag, ConstructNode> getSchemaTagConstructors() {
          return Map.of();
        }
      };

  private YamlText() {}

  private static LoadSettings settings(String source) {
    return LoadSettings.builder()
        .setLabel(source)
        .setSchema(SCHEMA)
        .setCodePointLimit(MAX_BYTES)
        .setMaxAliasesForCollections(MAX_ALIASES)
        .setAllowRecursiveKeys(false)
        .build();
  }

  /** Text of {@code file}; reads at most one byte more than the limit. */
  static String read(Path file) throws ManifestSyntaxException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(file.toString(), in);
    } catch (IOException e) {
      throw new ManifestSyntaxException(ManifestProblem.ofFile(file.toString(), why(e)), e);
    }
  }

  /** As {@link #read(Path)}; does not close the stream. */
  static String read(String source, InputStream in) throws ManifestSyntaxException {
    try {
      byte[] content = in.readNBytes(MAX_BYTES + 1);
      if (content.length > MAX_BYTES) {
        throw new ManifestSyntaxException(tooLarge(source), null);
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw new ManifestSyntaxException(ManifestProblem.ofFile(source, "is not UTF-8 text"), e);
    } catch (IOException e) {
      throw new ManifestSyntaxException(ManifestProblem.ofFile(source, why(e)), e);
    }
  }

  private static String why(IOException unreadable) {
    return switch (unreadable) {
      case NoSuchFileException _ -> "does not exist";
      case AccessDeniedException _ -> "may not be read by this user";
      default -> "cannot be read: " + unreadable.getMessage();
    };
  }

  /** In the order of the text; none for documents without a value. */
  static List<YamlDocument> documents(String source, String text) throws ManifestSyntaxException {
    if (text.length() > MAX_BYTES) {
      throw new ManifestSyntaxException(tooLarge(source), null);
    }
    List<YamlDocument> documents = new ArrayList<>();
    for (YamlChunk chunk : YamlChunks.of(source, text)) {
      compose(chunk).ifPresent(node -> documents.add(new YamlDocument(chunk, node)));
    }
    return documents;
  }

  /** Text behind the end of a document, which kubectl leaves out, is broken YAML. */
  private static Optional<Node> compose(YamlChunk chunk) throws ManifestSyntaxException {
    try {
      checkDepth(chunk);
      return new Compose(settings(chunk.source()))
          .composeString(chunk.text())
          .filter(root -> !Nodes.isNull(root));
    } catch (MarkedYamlEngineException e) {
      throw new ManifestSyntaxException(
          chunk.problem(e.getProblemMark().orElse(null), "", "broken YAML: " + e.getProblem()), e);
    } catch (YamlEngineException e) {
      throw new ManifestSyntaxException(
          chunk.problem(null, "", "broken YAML: " + e.getMessage()), e);
    }
  }

  private static ManifestProblem tooLarge(String source) {
    return ManifestProblem.ofFile(
        source, "larger than " + MAX_BYTES + " bytes, which is the limit of a manifest");
  }

  /**
   * Composing recurses, parsing does not: a deep document must be refused before it is composed.
   */
  private static void checkDepth(YamlChunk chunk) throws ManifestSyntaxException {
    int depth = 0;
    for (Event event : new Parse(settings(chunk.source())).parseString(chunk.text())) {
      depth +=
          switch (event.getEventId()) {
            case MappingStart, SequenceStart -> 1;
            case MappingEnd, SequenceEnd -> -1;
            default -> 0;
          };
      if (depth > MAX_DEPTH) {
        throw new ManifestSyntaxException(
            chunk.problem(
                event.getStartMark().orElse(null),
                "",
                "nested deeper than " + MAX_DEPTH + " levels"),
            null);
      }
    }
  }
}
