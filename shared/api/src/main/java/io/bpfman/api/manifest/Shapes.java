package io.bpfman.api.manifest;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.bpfman.api.v1alpha1.ApplicationSpec;
import io.bpfman.api.v1alpha1.ApplicationStatus;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.fabric8.kubernetes.api.model.ObjectMeta;
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
  /** Root of a {@link ClusterBpfApplication}. */
  static final Shape.Fields APPLICATION = application();

  private Shapes() {}

  private static Shape.Fields application() {
    SortedMap<String, Shape> members = new TreeMap<>();
    members.put("apiVersion", new Shape.Text());
    members.put("kind", new Shape.Text());
    members.put("metadata", of(ObjectMeta.class));
    members.put("spec", of(ApplicationSpec.class));
    members.put("status", of(ApplicationStatus.class));
    return new Shape.Fields(members);
  }

  private static Shape of(Type type) {
    if (type instanceof ParameterizedType generic) {
      List<Type> arguments = List.of(generic.getActualTypeArguments());
      Shape last = of(arguments.getLast());
      return Map.class.isAssignableFrom((Class<?>) generic.getRawType())
          ? new Shape.Table(last)
          : new Shape.Many(last);
    }
    return type instanceof Class<?> plain ? ofClass(plain) : new Shape.Open();
  }

  private static Shape ofClass(Class<?> type) {
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
    } else if (type.isEnum()) {
      return new Shape.Choice(words(type));
    }
    return ofBean(type);
  }

  private static List<String> words(Class<?> type) {
    return Arrays.stream(type.getFields())
        .filter(Field::isEnumConstant)
        .map(Shapes::jsonName)
        .toList();
  }

  private static Shape ofBean(Class<?> type) {
    SortedMap<String, Shape> members = new TreeMap<>();
    for (@Nullable Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      Stream.of(c.getDeclaredFields())
          .filter(f -> !Modifier.isStatic(f.getModifiers()))
          .filter(f -> !f.getName().equals("additionalProperties"))
          .filter(f -> !f.isAnnotationPresent(JsonIgnore.class))
          .forEach(f -> members.put(jsonName(f), of(f.getGenericType())));
    }
    return members.isEmpty() ? new Shape.Open() : new Shape.Fields(members);
  }

  private static String jsonName(Field field) {
    JsonProperty renamed = field.getAnnotation(JsonProperty.class);
    return renamed == null || renamed.value().isEmpty() ? field.getName() : renamed.value();
  }
}
