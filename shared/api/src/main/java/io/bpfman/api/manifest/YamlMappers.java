package io.bpfman.api.manifest;

import java.util.Base64;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;
import tools.jackson.dataformat.yaml.util.StringQuotingChecker;

/** The YAML mapper for objects that the operator wrote itself. */
final class YamlMappers {
  /**
   * Plain style: no document marker, quotes only where a reader would take the text for something
   * else. Thread-safe.
   */
  static final YAMLMapper PLAIN =
      YAMLMapper.builder(YAMLFactory.builder().stringQuotingChecker(new OtherThanText()).build())
          .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER, YAMLWriteFeature.SPLIT_LINES)
          .enable(
              YAMLWriteFeature.MINIMIZE_QUOTES, YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .addModule(new SimpleModule().addSerializer(byte[].class, new Base64Text()))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private YamlMappers() {}

  /** Quotes also what only readers of YAML 1.1 take for a number or a boolean. */
  private static final class OtherThanText extends StringQuotingChecker.Default {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean needToQuoteName(String name) {
      return super.needToQuoteName(name) || !KubernetesScalars.isText(name);
    }

    @Override
    public boolean needToQuoteValue(String value) {
      return super.needToQuoteValue(value) || !KubernetesScalars.isText(value);
    }
  }

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
