package io.bpfman.loader.daemon;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import io.bpfman.testkit.TestNetns;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Messages whose fields hold what exists, what nearly exists, and what cannot be. Ids are those of
 * this laboratory or impossible ones, so that nothing else on the host is touched.
 */
final class FuzzValues {
  private static final int MAX_DEPTH = 6;

  private final Random random;
  private final List<Integer> numbers =
      new ArrayList<>(List.of(0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE));
  private final List<String> texts = new ArrayList<>();

  FuzzValues(FuzzLab lab, Random random) {
    this.random = random;
    numbers.add(lab.victim());
    lab.objects.values().forEach(object -> texts.add(object.toString()));
    FuzzProgram.ALL.forEach(program -> texts.add(program.function()));
    texts.addAll(
        List.of(
            "",
            "\0",
            "/",
            "/proc/self/mem",
            "/dev/zero",
            "/dev/full",
            "../../../../etc/passwd",
            "x".repeat(5000),
            "%s%n",
            "libc",
            "malloc",
            "ingress",
            "egress",
            "syscalls/sys_enter_getpgid",
            "../../../etc",
            "hits",
            lab.netns.path().toString(),
            TestNetns.INTERFACE,
            "lo"));
  }

  DynamicMessage message(Descriptor type) {
    return message(type, 0);
  }

  private DynamicMessage message(Descriptor type, int depth) {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    for (FieldDescriptor field : type.getFields()) {
      if (random.nextInt(3) == 0) {
        continue;
      }
      if (field.isRepeated()) {
        for (int i = random.nextInt(4); i > 0; i--) {
          message.addRepeatedField(field, value(field, depth));
        }
      } else {
        message.setField(field, value(field, depth));
      }
    }
    return message.build();
  }

  private Object value(FieldDescriptor field, int depth) {
    return switch (field.getJavaType()) {
      case INT -> numbers.get(random.nextInt(numbers.size()));
      case LONG -> random.nextBoolean() ? random.nextLong() : random.nextInt(100);
      case FLOAT -> random.nextFloat();
      case DOUBLE -> random.nextDouble();
      case BOOLEAN -> random.nextBoolean();
      case STRING -> texts.get(random.nextInt(texts.size()));
      case BYTE_STRING -> bytes();
      case ENUM -> constant(field);
      case MESSAGE ->
          depth < MAX_DEPTH
              ? message(field.getMessageType(), depth + 1)
              : DynamicMessage.getDefaultInstance(field.getMessageType());
    };
  }

  private ByteString bytes() {
    byte[] content = new byte[random.nextInt(3) == 0 ? 4 : random.nextInt(70)];
    random.nextBytes(content);
    return ByteString.copyFrom(content);
  }

  /** Sometimes a number that has no name. */
  private EnumValueDescriptor constant(FieldDescriptor field) {
    List<EnumValueDescriptor> known = field.getEnumType().getValues();
    return random.nextInt(8) == 0
        ? field.getEnumType().findValueByNumberCreatingIfUnknown(1000 + random.nextInt(100))
        : known.get(random.nextInt(known.size()));
  }
}
