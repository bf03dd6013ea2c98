package io.bpfman.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.hazelcast.config.Config;
import com.hazelcast.internal.serialization.Data;
import com.hazelcast.internal.serialization.SerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class AllowedClassesTest {
  private static final AtomicBoolean RAN = new AtomicBoolean();

  private final SerializationService sender = new DefaultSerializationServiceBuilder().build();
  private final SerializationService receiver = receiver();

  @Test
  void aClassThatIsNotAllowedIsNeverMadeWhicheverWayItIsWritten() {
    for (Object hostile : List.of(new JavaPayload(), new HazelcastPayload())) {
      Data data = sender.toData(hostile);
      RAN.set(false);
      assertThrows(HazelcastSerializationException.class, () -> receiver.toObject(data));
      assertFalse(RAN.get(), hostile.getClass().getSimpleName());
    }
  }

  @Test
  void whatMembersSendIsAllowed() {
    Exception thrown = new IllegalStateException("no");
    Exception read = receiver.toObject(sender.toData(thrown));
    assertEquals("no", read.getMessage());
    assertEquals(List.of(1, 2), receiver.toObject(sender.toData(List.of(1, 2))));
  }

  private static SerializationService receiver() {
    Config config =
        HazelcastConfigs.of(
            new ClusterConfig("test", "127.0.0.1", null, 0, List.of(), true), "node");
    return new DefaultSerializationServiceBuilder()
        .setConfig(config.getSerializationConfig())
        .setClassLoader(config.getClassLoader())
        .build();
  }

  static final class JavaPayload implements Serializable {
    @Serial private static final long serialVersionUID = 1;

    @Serial
    private void readObject(ObjectInputStream in) {
      RAN.set(true);
    }
  }

  static final class HazelcastPayload implements DataSerializable {
    HazelcastPayload() {
      RAN.set(true);
    }

    @Override
    public void writeData(ObjectDataOutput out) {}

    @Override
    public void readData(ObjectDataInput in) {
      RAN.set(true);
    }
  }
}
