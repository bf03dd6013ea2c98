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
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** YAML text within bounds, as node trees that know their place in the text. */
final class YamlText {
  /** Largest manifest, bytes. Kubernetes stores objects of at most 1.5 MiB. */
  static final int MAX_BYTES = 1 << 20;

  private static final int MAX_DEPTH = 64;
  private static final int MAX_ALIASES = 50;

  private YamlText() {}

  static LoadSettings settings(String source) {
    return LoadSettings.builder()
        .setLabel(source)
        .setSchema(new CoreSchema())
        .setCodePointLimit(MAX_BYTES)
        .setMaxAliasesForCollections(MAX_ALIASES)
        .setAllowRecursiveKeys(false)
        .build();
  }

  /** Text of {@code file}; reads at most one byte more than the limit. */
  static String read(Path file) throws ManifestSyntaxException {
    String source = file.toString();
    try (InputStream in = Files.newInputStream(file)) {
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

  /** One node for each document; none for empty ones. */
  static List<Node> compose(String source, String text) throws ManifestSyntaxException {
    if (text.length() > MAX_BYTES) {
      throw new ManifestSyntaxException(tooLarge(source), null);
    }
    try {
      checkDepth(source, text);
      List<Node> documents = new ArrayList<>();
      new Compose(settings(source)).composeAllFromString(text).forEach(documents::add);
      return documents;
    } catch (MarkedYamlEngineException e) {
      throw new ManifestSyntaxException(marked(source, e), e);
    } catch (YamlEngineException e) {
      throw new ManifestSyntaxException(
          ManifestProblem.ofFile(source, "broken YAML: " + e.getMessage()), e);
    }
  }

  private static ManifestProblem tooLarge(String source) {
    return ManifestProblem.ofFile(
        source, "larger than " + MAX_BYTES + " bytes, which is the limit of a manifest");
  }

  /**
   * Composing recurses, parsing does not: a deep document must be refused before it is composed.
   */
  private static void checkDepth(String source, String text) throws ManifestSyntaxException {
    int depth = 0;
    for (Event event : new Parse(settings(source)).parseString(text)) {
      depth +=
          switch (event.getEventId()) {
            case MappingStart, SequenceStart -> 1;
            case MappingEnd, SequenceEnd -> -1;
            default -> 0;
          };
      if (depth > MAX_DEPTH) {
        throw new ManifestSyntaxException(
            ManifestProblem.ofFile(source, "nested deeper than " + MAX_DEPTH + " levels"), null);
      }
    }
  }

  private static ManifestProblem marked(String source, MarkedYamlEngineException e) {
    String message = "broken YAML: " + e.getProblem();
    return e.getProblemMark()
        .map(m -> new ManifestProblem(source, m.getLine() + 1, m.getColumn() + 1, "", message))
        .orElseGet(() -> ManifestProblem.ofFile(source, message));
  }
}
