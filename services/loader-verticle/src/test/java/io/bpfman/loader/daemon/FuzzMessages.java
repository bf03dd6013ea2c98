package io.bpfman.loader.daemon;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import io.bpfman.proto.v1.BpfmanProto;
import io.bpfman.proto.v1.LoadRequest;
import io.bpfman.proto.x.v1.CheckRequest;
import io.bpfman.proto.x.v1.ExtensionProto;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Calls of every method that the descriptors name, with messages that nobody would send. */
final class FuzzMessages {
  private static final List<MethodDescriptor> METHODS =
      Stream.concat(
              BpfmanProto.getDescriptor().getServices().stream(),
              ExtensionProto.getDescriptor().getServices().stream())
          .flatMap(service -> service.getMethods().stream())
          .toList();

  private FuzzMessages() {}

  /** Bytes that may or may not be a message. */
  static void random(FuzzLab lab, Random random) {
    MethodDescriptor method = METHODS.get(random.nextInt(METHODS.size()));
    byte[] noise = new byte[random.nextInt(200)];
    random.nextBytes(noise);
    lab.client().callRaw(path(method), noise);
  }

  /** Messages of the right type with values that hurt. */
  static void fields(FuzzLab lab, Random random) {
    MethodDescriptor method = METHODS.get(random.nextInt(METHODS.size()));
    DynamicMessage message = new FuzzValues(lab, random).message(method.getInputType());
    lab.client().callRaw(path(method), message.toByteArray());
  }

  private static String path(MethodDescriptor method) {
    return method.getService().getFullName() + "/" + method.getName();
  }

  /** A damaged object: all of it checked, or one program loaded and unloaded. */
  static void load(FuzzLab lab, Path object, FuzzProgram program, boolean check) {
    LoadRequest request =
        GrpcJavaClient.request(object, program.function(), program.type()).build();
    if (check) {
      CheckRequest all = CheckRequest.newBuilder().setLoad(request.toBuilder().clearInfo()).build();
      lab.client().callRaw("bpfman.x.v1.Extension/Check", all.toByteArray());
      return;
    }
    lab.client().callRaw("bpfman.v1.Bpfman/Load", request.toByteArray());
  }
}
