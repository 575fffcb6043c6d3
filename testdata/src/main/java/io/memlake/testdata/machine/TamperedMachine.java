package io.memlake.testdata.machine;

import io.memlake.testdata.process.ModuleSpec;
import io.memlake.testdata.process.ProcessSpec;
import io.memlake.testdata.process.Protection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A machine where each process shows one way in which code is hidden or changed. Its bytes are
 * fixed by the build alone.
 */
public final class TamperedMachine {

  /** Bytes of code that stand in injected memory. */
  private static final byte[] CODE = {0x48, (byte) 0x83, (byte) 0xEC, 0x28, (byte) 0xE8, 1, 2};

  /** Bytes that a hook writes over code. */
  private static final byte[] JUMP = {(byte) 0xE9, 0x11, 0x22, 0x33, 0x44};

  private static final int DEBUG_PRIVILEGE = 20;
  private static final long SEED = 77;

  private TamperedMachine() {}

  /** The tampered machine of a bundled build. */
  public static SyntheticMachine of(int build) {
    return SyntheticMachine.windows(build)
        .seed(SEED)
        .computerName("TAMPERED")
        .standardProcesses()
        .process(user("shell.exe").privateRegion(0x3000, Protection.EXECUTE_READ_WRITE, CODE))
        .process(
            user("reflect.exe")
                .privateRegion(0x8000, Protection.EXECUTE_READ_WRITE, executable(true)))
        .process(
            user("erased.exe").privateRegion(0x8000, Protection.EXECUTE_READ, executable(false)))
        .process(user("hollow.exe").hollowed(executable(true)))
        .process(user("hooked.exe").patched("ntdll.dll", 0x1040, JUMP))
        .process(user("ghost.exe").fileDeletePending())
        .process(user("secret.exe").unlistedCode(CODE))
        .process(
            user("loader.exe")
                .enabledPrivilege(DEBUG_PRIVILEGE)
                .hiddenModule(ModuleSpec.x64("C:\\Users\\Public\\x.dll", 0x12000)))
        .build();
  }

  /** The code of {@code shell.exe} and {@code secret.exe}. */
  public static byte[] code() {
    return CODE.clone();
  }

  /** What stands at 0x1040 of the ntdll.dll of {@code hooked.exe}. */
  public static byte[] jump() {
    return JUMP.clone();
  }

  private static ProcessSpec user(String name) {
    return new ProcessSpec(name).parent("explorer.exe").user(StandardProcesses.USER_SID, 1);
  }

  /** The start of a small executable, with or without its first bytes. */
  private static byte[] executable(boolean mz) {
    byte[] bytes = new byte[0x1800];
    ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (mz) {
      out.put(0, "MZ".getBytes(StandardCharsets.US_ASCII)).putInt(0x3C, 0x80);
    }
    out.putInt(0x80, 0x4550).putShort(0x84, (short) 0x8664).putInt(0x88, 0x5F000001);
    out.putShort(0x98, (short) 0x20B).putInt(0x98 + 56, 0x21000);
    return bytes;
  }
}
