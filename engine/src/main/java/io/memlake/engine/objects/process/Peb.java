package io.memlake.engine.objects.process;

import io.memlake.engine.objects.text.UnicodeString;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.PointerField;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a process tells of itself in user memory, which it may change: the PEB and the parameters it
 * was started with.
 */
public final class Peb {
  private final byte[] peb;
  private final byte[] parameters;
  private final PebLayout layout;

  private Peb(byte[] peb, byte[] parameters, PebLayout layout) {
    this.peb = peb;
    this.parameters = parameters;
    this.layout = layout;
  }

  /**
   * Reads the PEB at {@code address} of the process's own space; empty when it is absent. The
   * parameters may be absent by themselves.
   */
  static Optional<Peb> read(AddressSpace space, long address, PebLayout layout) throws IOException {
    Optional<byte[]> peb = space.map(address, layout.pebSize());
    if (peb.isEmpty()) {
      return Optional.empty();
    }
    long parameters = layout.processParameters().in(peb.get(), 0);
    Optional<byte[]> bytes =
        parameters == 0 ? Optional.empty() : space.map(parameters, layout.parametersSize());
    return Optional.of(new Peb(peb.get(), bytes.orElse(null), layout));
  }

  /** Base of the program. */
  public long imageBaseAddress() {
    return layout.imageBaseAddress().in(peb, 0);
  }

  /** Address of the loader's lists, 0 before the loader ran. */
  public long ldr() {
    return layout.ldr().in(peb, 0);
  }

  /** Session of the process. */
  public OptionalInt sessionId() {
    return layout.sessionId().isPresent()
        ? OptionalInt.of((int) layout.sessionId().get().in(peb, 0))
        : OptionalInt.empty();
  }

  /** Where the path of the program is; empty when the parameters are absent. */
  public Optional<UnicodeString> imagePathName() {
    return string(layout.imagePathName());
  }

  /** Where the command line is; empty when the parameters are absent. */
  public Optional<UnicodeString> commandLine() {
    return string(layout.commandLine());
  }

  /** Where the current directory's path is; empty when the parameters are absent. */
  public Optional<UnicodeString> currentDirectory() {
    return string(layout.currentDirectory());
  }

  /** Where the window title is; empty when the parameters are absent. */
  public Optional<UnicodeString> windowTitle() {
    return string(layout.windowTitle());
  }

  /** Where the name of window station and desktop is; empty when the parameters are absent. */
  public Optional<UnicodeString> desktopInfo() {
    return string(layout.desktopInfo());
  }

  /** Whether a debugger is attached; empty when the symbols do not say where that stands. */
  public Optional<Boolean> beingDebugged() {
    return layout.beingDebugged().map(field -> field.in(peb, 0) != 0);
  }

  /** Address of the environment block; 0 when the parameters are absent. */
  public long environment() {
    return parameters == null
        ? 0
        : new PointerField(layout.environment(), layout.pointerSize()).in(parameters, 0);
  }

  /** Bytes of the environment block by the parameters; empty before Vista. */
  public OptionalLong environmentSize() {
    return parameters == null || layout.environmentSize().isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(layout.environmentSize().get().in(parameters, 0));
  }

  private Optional<UnicodeString> string(int offset) {
    return Optional.ofNullable(parameters)
        .map(bytes -> UnicodeString.in(bytes, offset, layout.pointerSize()));
  }
}
