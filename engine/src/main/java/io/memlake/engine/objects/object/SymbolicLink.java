package io.memlake.engine.objects.object;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.text.UnicodeString;
import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.StructType;
import java.io.IOException;
import java.util.Optional;

/**
 * An {@code _OBJECT_SYMBOLIC_LINK}.
 *
 * @param createTime when it was made, as a file time
 * @param target where it leads; empty when the text is absent, or a routine decides
 */
public record SymbolicLink(long createTime, Optional<String> target) {
  /** Bit of the flags that turns the target into a routine, since Windows 10 1607. */
  private static final int CALLBACK = 0x10;

  /** 1980-01-01 and 2200-01-01 as file times. */
  private static final long EARLIEST = 0x01A8E79FE1D58000L;

  private static final long LATEST = 0x02A11D2D4F1BC000L;

  /** Reads links of one machine. */
  public static final class Reader {
    private final Machine machine;
    private final int size;
    private final int creationTime;
    private final int linkTarget;
    private final int flags;
    private final boolean callbacks;

    private Reader(Machine machine) {
      this.machine = machine;
      StructType link = machine.symbols().struct("_OBJECT_SYMBOLIC_LINK");
      size = link.size();
      creationTime = link.offsetOf("CreationTime");
      linkTarget = link.offsetOf("LinkTarget");
      flags = link.find("Flags").map(FieldType::offset).orElse(-1);
      callbacks = link.find("Callback").isPresent();
    }

    /**
     * A reader for {@code machine}.
     *
     * @throws io.memlake.engine.symbols.MissingSymbolException when the symbols lack links
     */
    public static Reader of(Machine machine) {
      return new Reader(machine);
    }

    /** Bytes of a link. */
    public int size() {
      return size;
    }

    /** Whether bytes look like a link: its time and the header of its text. */
    public boolean sound(byte[] bytes) {
      long time = LittleEndian.i64(bytes, creationTime);
      UnicodeString text = UnicodeString.in(bytes, linkTarget);
      boolean routine = routine(bytes);
      return time > EARLIEST
          && time < LATEST
          && (routine || (text.plausible() && text.length() > 0 && text.buffer() < 0));
    }

    /** The link at an address; empty when it is absent or none. */
    public Optional<SymbolicLink> at(long address) throws IOException {
      Optional<byte[]> bytes = machine.kernelSpace().map(address, size).filter(this::sound);
      return bytes.isEmpty() ? Optional.empty() : Optional.of(of(bytes.get()));
    }

    /** The link in {@code bytes}, which must be {@link #sound}. */
    public SymbolicLink of(byte[] bytes) throws IOException {
      return new SymbolicLink(
          LittleEndian.i64(bytes, creationTime),
          routine(bytes)
              ? Optional.empty()
              : UnicodeString.in(bytes, linkTarget).read(machine.kernelSpace()));
    }

    private boolean routine(byte[] bytes) {
      return callbacks && flags >= 0 && (LittleEndian.i32(bytes, flags) & CALLBACK) != 0;
    }
  }
}
