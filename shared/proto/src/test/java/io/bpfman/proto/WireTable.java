package io.bpfman.proto;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * All that a compiled protocol file puts on the wire, as lines of text:
 *
 * <pre>
 * rpc Service.Method Request -> Response
 * Outer.Message|oneof field=number type
 * enum Name WORD=number ...
 * </pre>
 */
final class WireTable {
  private final List<String> lines = new ArrayList<>();

  private WireTable() {}

  static List<String> of(FileDescriptor file) {
    WireTable table = new WireTable();
    file.getServices().forEach(table::service);
    file.getMessageTypes().forEach(table::message);
    file.getEnumTypes().forEach(table::enumeration);
    return List.copyOf(table.lines);
  }

  private void service(ServiceDescriptor service) {
    for (MethodDescriptor method : service.getMethods()) {
      lines.add(
          "rpc %s.%s %s -> %s"
              .formatted(
                  service.getName(),
                  method.getName(),
                  streamed(method.isClientStreaming(), method.getInputType()),
                  streamed(method.isServerStreaming(), method.getOutputType())));
    }
  }

  private static String streamed(boolean stream, Descriptor type) {
    return (stream ? "stream " : "") + type.getName();
  }

  private void message(Descriptor message) {
    if (message.getOptions().getMapEntry()) {
      return;
    }
    String name = qualified(message);
    if (message.getFields().isEmpty()) {
      lines.add(name + " (no fields)");
    }
    message.getFields().forEach(field -> lines.add(name + field(field)));
    message.getNestedTypes().forEach(this::message);
    message.getEnumTypes().forEach(this::enumeration);
  }

  private static String qualified(Descriptor message) {
    Descriptor outer = message.getContainingType();
    return outer == null ? message.getName() : qualified(outer) + "." + message.getName();
  }

  private static String field(FieldDescriptor field) {
    OneofDescriptor oneof = field.getRealContainingOneof();
    return "%s %s=%d %s%s"
        .formatted(
            oneof == null ? "" : "|" + oneof.getName(),
            field.getName(),
            field.getNumber(),
            label(field),
            type(field));
  }

  private static String label(FieldDescriptor field) {
    if (field.isRepeated() && !field.isMapField()) {
      return "repeated ";
    }
    return field.hasPresence()
            && field.getContainingOneof() != null
            && field.getRealContainingOneof() == null
        ? "optional "
        : "";
  }

  private static String type(FieldDescriptor field) {
    if (field.isMapField()) {
      List<FieldDescriptor> entry = field.getMessageType().getFields();
      return "map<%s,%s>".formatted(type(entry.get(0)), type(entry.get(1)));
    }
    return switch (field.getJavaType()) {
      case MESSAGE -> field.getMessageType().getName();
      case ENUM -> field.getEnumType().getName();
      default -> field.getType().name().toLowerCase(Locale.ROOT);
    };
  }

  private void enumeration(EnumDescriptor type) {
    lines.add(
        "enum %s %s"
            .formatted(
                type.getName(),
                type.getValues().stream()
                    .map(value -> value.getName() + "=" + value.getNumber())
                    .collect(Collectors.joining(" "))));
  }
}
