package io.bpfman.loader.adapter.grpc;

import io.bpfman.loader.core.MapView;
import io.bpfman.loader.core.btf.BtfException;
import io.bpfman.loader.core.btf.BtfValueType;
import io.bpfman.loader.core.btf.BtfVariable;
import io.bpfman.loader.core.btf.Numbers;
import io.bpfman.loader.core.mapdef.MapKinds;
import io.bpfman.loader.port.BpfMaps;
import io.bpfman.model.Bytes;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.x.v1.MapDatum;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Keys and values of requests as bytes. */
final class MapData {
  /** More than any value that a person or a program writes as text. */
  private static final int MAX_TEXT = 1 << 20;

  private final String what;
  private final @Nullable BtfValueType type;
  private final int size;

  private MapData(String what, @Nullable BtfValueType type, int size) {
    this.what = what;
    this.type = type;
    this.size = size;
  }

  /** Empty for maps without keys. */
  static Bytes key(MapView map, MapDatum datum) {
    boolean given = datum.getFormCase() != MapDatum.FormCase.FORM_NOT_SET;
    if (map.facts().keySize() == 0) {
      return keyless(map, given);
    }
    return new MapData("key of map \"%s\"".formatted(map.name()), map.key(), map.facts().keySize())
        .bytes(datum);
  }

  static Bytes value(MapView map, MapDatum datum) {
    return new MapData(
            "value of map \"%s\"".formatted(map.name()), map.value(), map.facts().valueSize())
        .bytes(datum);
  }

  private static Bytes keyless(MapView map, boolean given) {
    if (given) {
      throw FailureCode.INVALID_REQUEST.because(
          "map \"%s\" has no keys: it is a %s"
              .formatted(map.name(), MapKinds.name(map.facts().type())),
          "give no key");
    }
    return Bytes.of(new byte[0]);
  }

  static Bytes variable(BtfVariable variable, MapDatum datum) {
    return new MapData(
            "variable \"%s\"".formatted(variable.name()), variable.type(), variable.size())
        .bytes(datum);
  }

  private Bytes bytes(MapDatum datum) {
    if (size > BpfMaps.MAX_ENTRY_BYTES) {
      throw FailureCode.MESSAGE_TOO_LARGE.because(
          "the %s has %d bytes; the limit is %d (4 MiB)"
              .formatted(what, size, BpfMaps.MAX_ENTRY_BYTES),
          "write it on the node, from the map's pin");
    }
    return switch (datum.getFormCase()) {
      case RAW -> raw(Bytes.of(datum.getRaw().toByteArray()));
      case TEXT -> text(datum.getText());
      case FORM_NOT_SET ->
          throw FailureCode.INVALID_REQUEST.because(
              "the %s is not set".formatted(what), "give bytes or a text");
    };
  }

  private Bytes raw(Bytes given) {
    if (given.size() != size) {
      throw FailureCode.INVALID_REQUEST.because(
          "the %s has %d bytes, %d were given (%s)".formatted(what, size, given.size(), given),
          "give exactly %d bytes in the node's byte order".formatted(size));
    }
    return given;
  }

  private Bytes text(String text) {
    if (text.length() > MAX_TEXT) {
      throw FailureCode.INVALID_REQUEST.because(
          "the text for the %s has %d characters; the limit is %d"
              .formatted(what, text.length(), MAX_TEXT),
          "give bytes instead");
    }
    if (type == null) {
      return Bytes.of(number(text));
    }
    try {
      return Bytes.of(type.toBytes(tree(text)));
    } catch (BtfException misfit) {
      throw FailureCode.INVALID_REQUEST.because(
          "\"%s\" does not fit the %s: %s".formatted(text, what, misfit.getMessage()),
          "`bpfman map list` shows its type, `bpfman map dump` how its entries look",
          misfit);
    }
  }

  /** Little-endian; without type information only plain numbers are understood. */
  private byte[] number(String text) {
    BigInteger number = Numbers.of(text);
    if (number == null || number.signum() < 0 || number.bitLength() > size * 8L) {
      throw FailureCode.INVALID_REQUEST.because(
          "\"%s\" is no number of %d bytes, and the %s has no type information"
              .formatted(text, size, what),
          "give a number from 0 on that fits, or all %d bytes (--raw)".formatted(size));
    }
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = number.shiftRight(8 * i).byteValue();
    }
    return bytes;
  }

  /** JSON; a bare word is taken as a string, so that names of constants need no quotes. */
  private static Object tree(String text) throws BtfException {
    String trimmed = text.strip();
    try {
      if (trimmed.startsWith("{")) {
        return new JsonObject(trimmed).getMap();
      }
      Object value = new JsonArray("[" + trimmed + "]").getList();
      return value instanceof java.util.List<?> list && list.size() == 1 && list.getFirst() != null
          ? list.getFirst()
          : trimmed;
    } catch (DecodeException bare) {
      return trimmed;
    }
  }
}
