package io.bpfman.nudge.core.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class YamlTextTest {
  @Property
  void textOfSeveralLinesIsReadBackAsItWas(
      @ForAll @Size(max = 3)
          List<
                  @StringLength(max = 12)
                  @Chars({'a', ' ', '\n', ':', '#', '-', '\t', '|', '\u00e9'}) String>
              texts) {
    Map<String, Object> object = Map.of("list", texts, "map", Map.of("text", texts.toString()));
    String written = YamlText.document(object);
    assertEquals(object, read(written).getFirst(), written);
  }

  @Test
  void linesAreWrittenAsLines() {
    assertEquals("text: |\n  a\n\n    b\n", YamlText.document(Map.of("text", "a\n\n  b\n")));
    assertEquals("list:\n- |-\n  a\n  b\n", YamlText.document(Map.of("list", List.of("a\nb"))));
  }

  @Test
  void aTimeIsQuotedForReadersThatWouldMakeOneOfIt() {
    String written = YamlText.document(Map.of("time", "2026-11-25T00:00:00Z"));
    assertEquals("time: \"2026-11-25T00:00:00Z\"\n", written);
  }

  @Test
  void documentsAreParted() {
    String stream = YamlText.stream(List.of(Map.of("one", "first"), Map.of("two", "other")));
    assertEquals("one: first\n---\ntwo: other\n", stream);
    assertEquals(List.of(Map.of("one", "first"), Map.of("two", "other")), read(stream));
  }

  private static List<Object> read(String text) {
    return YamlFile.parse("t", text).documents().stream().map(YamlValue::plain).toList();
  }
}
