package io.memlake.engine.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Little-endian numbers inside a byte array.
 *
 * <p>The caller has checked the bounds of what it reads; an offset outside the array throws {@link
 * IndexOutOfBoundsException}, which is always a bug of the caller and never a property of the
 * evidence.
 */
public final class LittleEndian {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private LittleEndian() {}

  /** The unsigned byte at {@code offset}, 0 to 255. */
  public static int u8(byte[] bytes, int offset) {
    return bytes[offset] & 0xFF;
  }

  /** The unsigned 16-bit number at {@code offset}, 0 to 65535. */
  public static int u16(byte[] bytes, int offset) {
    return (short) SHORT.get(bytes, offset) & 0xFFFF;
  }

  /** The 32-bit number at {@code offset}, with its sign. */
  public static int i32(byte[] bytes, int offset) {
    return (int) INT.get(bytes, offset);
  }

  /** The unsigned 32-bit number at {@code offset}. */
  public static long u32(byte[] bytes, int offset) {
    return (int) INT.get(bytes, offset) & 0xFFFF_FFFFL;
  }

  /** The 64-bit number at {@code offset}; addresses compare unsigned. */
  public static long i64(byte[] bytes, int offset) {
    return (long) LONG.get(bytes, offset);
  }

  /** Writes the low 16 bits of {@code value}. */
  public static void putU16(byte[] bytes, int offset, int value) {
    SHORT.set(bytes, offset, (short) value);
  }

  /** Writes 32 bits. */
  public static void putI32(byte[] bytes, int offset, int value) {
    INT.set(bytes, offset, value);
  }

  /** Writes 64 bits. */
  public static void putI64(byte[] bytes, int offset, long value) {
    LONG.set(bytes, offset, value);
  }
}
