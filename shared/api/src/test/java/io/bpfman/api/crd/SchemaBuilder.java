package io.bpfman.api.crd;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.bpfman.api.schema.ClusterOnly;
import io.bpfman.api.schema.MapKeys;
import io.bpfman.api.schema.MemberPerType;
import io.bpfman.api.schema.NoFormat;
import io.bpfman.api.schema.RequiredInNamespace;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** OpenAPI schemas of beans, from their fields and annotations; keys in alphabetical order. */
final class SchemaBuilder {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final boolean namespaced;
  private final Javadocs docs;

  SchemaBuilder(boolean namespaced, Javadocs docs) {
    this.namespaced = namespaced;
    this.docs = docs;
  }

  /** The schema of a bean that no field of another bean describes. */
  Map<String, Object> describedBean(Class<?> bean) {
    Map<String, Object> schema = bean(bean);
    docs.type(bean).ifPresent(text -> schema.put("description", text));
    return schema;
  }

  private Map<String, Object> bean(Class<?> bean) {
    Map<String, Object> members = new TreeMap<>();
    List<String> required = new ArrayList<>();
    for (Field field : fields(bean)) {
      members.put(jsonName(field), member(bean, field));
      if (isRequired(bean, field)) {
        required.add(jsonName(field));
      }
    }
    Map<String, Object> schema = new TreeMap<>(Map.of("type", "object"));
    if (!members.isEmpty()) {
      schema.put("properties", members);
    }
    if (!required.isEmpty()) {
      schema.put("required", required.stream().sorted().toList());
    }
    if (bean.isAnnotationPresent(MemberPerType.class)) {
      schema.put("x-kubernetes-validations", unionRules(bean));
    }
    schema.putAll(KubernetesTypes.extensions(bean));
    return schema;
  }

  private List<Field> fields(Class<?> bean) {
    Stream<Field> all = Stream.empty();
    for (@Nullable Class<?> c = bean; c != null && c != Object.class; c = c.getSuperclass()) {
      all = Stream.concat(all, Arrays.stream(c.getDeclaredFields()));
    }
    return all.filter(field -> !Modifier.isStatic(field.getModifiers()))
        .filter(field -> !field.isAnnotationPresent(JsonIgnore.class))
        .filter(field -> !field.getName().equals("additionalProperties"))
        .filter(this::exists)
        .toList();
  }

  private boolean exists(Field field) {
    return !(namespaced && field.isAnnotationPresent(ClusterOnly.class));
  }

  private boolean isRequired(Class<?> bean, Field field) {
    return field.isAnnotationPresent(Required.class)
        || (namespaced && field.isAnnotationPresent(RequiredInNamespace.class))
        || KubernetesTypes.requires(bean, field.getName());
  }

  private Map<String, Object> member(Class<?> bean, Field field) {
    Map<String, Object> schema = type(field.getGenericType());
    docs.getter(field).ifPresent(text -> schema.put("description", text));
    constraints(field, schema);
    if (schema.get("type") == "array") {
      KubernetesTypes.listKind(bean, field.getName()).forEach(schema::put);
      if (field.getGenericType().getTypeName().contains(Condition.class.getName())) {
        mapKeys(schema, "type");
      }
    }
    if (field.isAnnotationPresent(MapKeys.class)) {
      mapKeys(schema, field.getAnnotation(MapKeys.class).value());
    }
    if (field.isAnnotationPresent(NoFormat.class)) {
      schema.remove("format");
    }
    return schema;
  }

  private static void mapKeys(Map<String, Object> schema, String... keys) {
    schema.put("x-kubernetes-list-type", "map");
    schema.put("x-kubernetes-list-map-keys", List.of(keys));
  }

  private static void constraints(Field field, Map<String, Object> schema) {
    if (field.isAnnotationPresent(Pattern.class)) {
      schema.put("pattern", field.getAnnotation(Pattern.class).value());
    }
    if (field.isAnnotationPresent(Min.class)) {
      schema.put("minimum", (long) field.getAnnotation(Min.class).value());
    }
    if (field.isAnnotationPresent(Max.class)) {
      schema.put("maximum", (long) field.getAnnotation(Max.class).value());
    }
    if (field.isAnnotationPresent(Size.class)) {
      size(field.getAnnotation(Size.class), schema);
    }
    if (field.isAnnotationPresent(Default.class)) {
      schema.put("default", defaultOf(field.getAnnotation(Default.class).value(), schema));
    }
  }

  private static Object defaultOf(String text, Map<String, Object> schema) {
    return schema.get("type") == "string" ? text : JSON.readValue(text, Object.class);
  }

  private static void size(Size size, Map<String, Object> schema) {
    String what =
        switch ((String) schema.get("type")) {
          case "string" -> "Length";
          case "array" -> "Items";
          default -> "Properties";
        };
    if (size.min() > 0) {
      schema.put("min" + what, size.min());
    }
    if (size.max() < Long.MAX_VALUE) {
      schema.put("max" + what, size.max());
    }
  }

  private Map<String, Object> type(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
      Map<String, Object> inner = type(last);
      return Map.class.isAssignableFrom((Class<?>) generic.getRawType())
          ? schema("type", "object", "additionalProperties", inner)
          : schema("type", "array", "items", inner);
    }
    return plain((Class<?>) type);
  }

  private Map<String, Object> plain(Class<?> type) {
    if (type == String.class) {
      return schema("type", "string");
    } else if (type == byte[].class) {
      return schema("type", "string", "format", "byte");
    } else if (type == Boolean.class || type == boolean.class) {
      return schema("type", "boolean");
    } else if (type == Integer.class || type == int.class) {
      return schema("type", "integer", "format", "int32");
    } else if (type == Long.class || type == long.class) {
      return schema("type", "integer", "format", "int64");
    } else if (type.isEnum()) {
      return schema(
          "type", "string", "enum", constants(type).map(SchemaBuilder::jsonName).toList());
    }
    return KubernetesTypes.special(type).orElseGet(() -> bean(type));
  }

  private Stream<Field> constants(Class<?> type) {
    return Arrays.stream(type.getFields()).filter(Field::isEnumConstant).filter(this::exists);
  }

  private List<Map<String, Object>> unionRules(Class<?> bean) {
    try {
      Class<?> type = bean.getDeclaredField("type").getType();
      return constants(type).map(SchemaBuilder::unionRule).toList();
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(bean + " is a union without the field type", e);
    }
  }

  /** Text as upstream writes it, with its two spaces. */
  private static Map<String, Object> unionRule(Field constant) {
    String member = constant.getName().toLowerCase(Locale.ROOT);
    return schema(
        "message",
        "%1$s configuration is required when type is %1$s, and forbidden otherwise"
            .formatted(member),
        "rule",
        "has(self.type) && self.type == '%s' ?  has(self.%2$s) : !has(self.%2$s)"
            .formatted(jsonName(constant), member));
  }

  private static String jsonName(Field field) {
    JsonProperty renamed = field.getAnnotation(JsonProperty.class);
    return renamed == null || renamed.value().isEmpty() ? field.getName() : renamed.value();
  }

  private static Map<String, Object> schema(String key, Object value, String next, Object more) {
    return new TreeMap<>(Map.of(key, value, next, more));
  }

  private static Map<String, Object> schema(String key, Object value) {
    return new TreeMap<>(Map.of(key, value));
  }
}
