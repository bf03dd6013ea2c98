package io.bpfman.loader.adapter.grpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MessageOrBuilder;
import io.bpfman.model.FailureCode;
import java.util.List;

/**
 * Names and paths go to functions of C, which would read them only up to a NUL: another interface
 * or file than the one that was asked for.
 */
final class NulCharacters {
  private NulCharacters() {}

  /** INVALID_REQUEST names the field that has one. */
  static void refuse(MessageOrBuilder message) {
    message.getAllFields().forEach(NulCharacters::refuse);
  }

  private static void refuse(FieldDescriptor field, Object value) {
    switch (value) {
      case List<?> values -> values.forEach(one -> refuse(field, one));
      case MessageOrBuilder nested -> refuse(nested);
      case String text when text.indexOf('\0') >= 0 ->
          throw FailureCode.INVALID_REQUEST.because(
              "field %s holds a NUL character at position %d"
                  .formatted(field.getFullName(), text.indexOf('\0')),
              "leave it out");
      default -> {}
    }
  }
}
