package io.bpfman.loader.core.btf;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The type of a map's keys or values: shows bytes as JSON and builds them from it. Immutable. */
public final class BtfValueType {
  /** Letters; names of members may be long, and hostile ones repeat them for each bit. */
  private static final int MAX_JSON = 1 << 20;

  private final BtfTypes types;
  private final int id;
  private final int size;

  BtfValueType(BtfTypes types, int id, int size) {
    this.types = types;
    this.id = id;
    this.size = size;
  }

  /** As in C, for example {@code struct flow}. */
  public String name() throws BtfException {
    return types.describe(id);
  }

  /** Global variables when this is a section of them, else none. */
  public List<BtfVariable> variables() {
    try {
      return types.variables(id);
    } catch (BtfException unusable) {
      return List.of();
    }
  }

  /**
   * JSON on one line. Enumerations by name, characters as a string, addresses and 128-bit numbers
   * as hexadecimal strings.
   *
   * @param value as many bytes as the type has
   * @param limit letters, about
   * @throws BtfException also when it would be longer
   */
  public String toJson(byte[] value, int limit) throws BtfException {
    if (value.length != size) {
      throw new BtfException("a value has %d bytes, not %d".formatted(value.length, size));
    }
    return new BtfRenderer(types, value, limit).json(id);
  }

  /** The same, at most a million letters. */
  public String toJson(byte[] value) throws BtfException {
    return toJson(value, MAX_JSON);
  }

  /**
   * The bytes of a value. Every member must be there, of a union at least one; several members of a
   * union must agree.
   *
   * @param value Map, List, String, Number, Boolean or null, as JSON has them
   * @throws BtfException naming the member that does not fit
   */
  public byte[] toBytes(@Nullable Object value) throws BtfException {
    byte[] bytes = new byte[size];
    new BtfEncoder(types, bytes).encode(id, value);
    return bytes;
  }
}
