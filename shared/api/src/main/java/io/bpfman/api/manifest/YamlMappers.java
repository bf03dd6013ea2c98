package io.bpfman.api.manifest;

import java.util.Base64;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** The YAML mapper for objects that the operator wrote itself. */
final class YamlMappers {
  /**
   * Plain style: no document marker, quotes only where a reader would take the text for something
   * else. Thread-safe.
   */
  static final YAMLMapper PLAIN =
      YAMLMapper.builder()
          .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER, YAMLWriteFeature.SPLIT_LINES)
          .enable(
              YAMLWriteFeature.MINIMIZE_QUOTES, YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .addModule(new SimpleModule().addSerializer(byte[].class, new Base64Text()))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private YamlMappers() {}

  /** YAML's own form, {@code !!binary}, is unknown to the tools of Kubernetes. */
  private static final class Base64Text extends StdSerializer<byte[]> {
    Base64Text() {
      super(byte[].class);
    }

    @Override
    public void serialize(byte[] value, JsonGenerator generator, SerializationContext context) {
      generator.writeString(Base64.getEncoder().encodeToString(value));
    }
  }
}
