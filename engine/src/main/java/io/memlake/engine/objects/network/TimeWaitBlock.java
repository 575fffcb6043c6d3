package io.memlake.engine.objects.network;

import io.memlake.engine.bytes.LittleEndian;
import java.nio.charset.StandardCharsets;

/**
 * Offsets of what tcpip.sys keeps of a connection in the state TIME_WAIT, counted from the begin of
 * the pool block. They are the same from Windows 7 to Windows 11 24H2; what is read must prove
 * itself by its address family.
 *
 * <p>The block lies in the hash tables of connections, by a link of its own. Source of the facts:
 * MemProcFS 5.17.
 */
final class TimeWaitBlock {
  /** Its pool tag. */
  static final String TAG = "TcTW";

  /** The tag as the pool header has it. */
  static final long TAG_NUMBER = LittleEndian.u32(TAG.getBytes(StandardCharsets.ISO_8859_1), 0);

  /** The link in a hash table. */
  static final int LINK = 0x40;

  /** From the link back to the tag in the pool header: its second half begins 12 bytes before. */
  static final int TAG_BEFORE_LINK = -LINK - 12;

  /** Pointer to the address family. */
  static final int FAMILY = 0x70;

  /** Big-endian port. */
  static final int LOCAL_PORT = 0x8A;

  /** Big-endian port. */
  static final int REMOTE_PORT = 0x8C;

  /** Pointer to the local address. */
  static final int LOCAL = 0x90;

  /** The remote address itself, 4 or 16 bytes. */
  static final int REMOTE = 0x98;

  /** File time. */
  static final int TIME = 0xD8;

  static final int SIZE = 0xE0;

  private TimeWaitBlock() {}
}
