package io.bpfman.api.manifest;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.bpfman.api.schema.ClusterOnly;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Quantity;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Derives shapes from the bean classes, so that a field is declared once. fabric8's beans swallow
 * unknown fields when Jackson reads them, which is why Jackson cannot be asked.
 */
final class Shapes {
  private final boolean namespaced;

  /**
   * @param namespaced leaves out what is marked {@link ClusterOnly}
   */
  Shapes(boolean namespaced) {
    this.namespaced = namespaced;
  }

  Shape.Fields document(Class<?> spec, Class<?> status) {
    SortedMap<String, Shape> members = new TreeMap<>();
    members.put("apiVersion", new Shape.Text());
    members.put("kind", new Shape.Text());
    members.put("metadata", of(ObjectMeta.class));
    members.put("spec", of(spec));
    members.put("status", of(status));
    return new Shape.Fields(members);
  }

  private Shape of(Type type) {
    if (type instanceof ParameterizedType generic) {
      List<Type> arguments = List.of(generic.getActualTypeArguments());
      Shape last = of(arguments.getLast());
      return Map.class.isAssignableFrom((Class<?>) generic.getRawType())
          ? new Shape.Table(last)
          : new Shape.Many(last);
    }
    return type instanceof Class<?> plain ? ofClass(plain) : new Shape.Open();
  }

  private Shape ofClass(Class<?> type) {
    if (type == String.class) {
      return new Shape.Text();
    } else if (type == Integer.class || type == int.class) {
      return new Shape.Whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
    } else if (type == Long.class || type == long.class) {
      return new Shape.Whole(Long.MIN_VALUE, Long.MAX_VALUE);
    } else if (type == Boolean.class || type == boolean.class) {
      return new Shape.Flag();
    } else if (type == byte[].class) {
      return new Shape.Binary();
    } else if (type == Quantity.class) {
      return new Shape.Amount();
    } else if (type.isEnum()) {
      return new Shape.Choice(words(type));
    }
    return ofBean(type);
  }

  private List<String> words(Class<?> type) {
    return Arrays.stream(type.getFields())
        .filter(Field::isEnumConstant)
        .filter(this::exists)
        .map(Shapes::jsonName)
        .toList();
  }

  private Shape ofBean(Class<?> type) {
    SortedMap<String, Shape> members = new TreeMap<>();
    for (@Nullable Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      Stream.of(c.getDeclaredFields())
          .filter(f -> !Modifier.isStatic(f.getModifiers()))
          .filter(f -> !f.getName().equals("additionalProperties"))
          .filter(f -> !f.isAnnotationPresent(JsonIgnore.class))
          .filter(this::exists)
          .forEach(f -> members.put(jsonName(f), of(f.getGenericType())));
    }
    return members.isEmpty() ? new Shape.Open() : new Shape.Fields(members);
  }

  private boolean exists(Field field) {
    return !(namespaced && field.isAnnotationPresent(ClusterOnly.class));
  }

  private static String jsonName(Field field) {
    JsonProperty renamed = field.getAnnotation(JsonProperty.class);
    return renamed == null || renamed.value().isEmpty() ? field.getName() : renamed.value();
  }
}
