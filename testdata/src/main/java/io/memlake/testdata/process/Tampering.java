package io.memlake.testdata.process;

import io.memlake.testdata.memory.Access;
import io.memlake.testdata.memory.AddressSpace;
import io.memlake.testdata.memory.Struct;
import io.memlake.testdata.objects.Boot;
import io.memlake.testdata.objects.FileObjects;
import io.memlake.testdata.objects.KernelObject;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What was done to a process after it started: its program replaced, code of a module overwritten,
 * pages mapped behind the back of the memory manager, its file deleted.
 */
final class Tampering {

  private static final int PAGE = 0x1000;

  /** Pages that no region describes lie between the regions of a process and its images. */
  private static final long UNLISTED_START = 0x5_0000_0000L;

  private boolean hollowed;
  private byte[] replacement = new byte[0];
  private byte[] unlistedCode = new byte[0];
  private boolean deletePending;
  private final List<Patch> patches = new ArrayList<>();

  /** Bytes that overwrite code of a loaded module. */
  private record Patch(String module, int rva, ByteBuffer bytes) {}

  void hollow(byte[] program) {
    hollowed = true;
    replacement = program.clone();
  }

  void patch(String module, int rva, byte[] bytes) {
    patches.add(new Patch(module, rva, ByteBuffer.wrap(bytes.clone())));
  }

  void unlisted(byte[] code) {
    unlistedCode = code.clone();
  }

  void deletePending() {
    deletePending = true;
  }

  /** Maps the program: as a view of its file, or what took its place. */
  void mapProgram(UserMemory memory, SharedImage program) {
    if (!hollowed) {
      memory.map(program);
      return;
    }
    memory.reserveAt(program.base(), program.spec().size(), Protection.EXECUTE_READ_WRITE);
    fill(memory.space(), program.base(), replacement, Access.USER_EXECUTE_READ_WRITE);
  }

  /** Does what was asked for when all modules are mapped. */
  void apply(Boot boot, UserMemory memory, List<SharedImage> modules, FileObjects files) {
    for (Patch patch : patches) {
      SharedImage module =
          modules.stream()
              .filter(image -> image.spec().name().equalsIgnoreCase(patch.module()))
              .findFirst()
              .orElseThrow(
                  () -> new IllegalArgumentException("No module " + patch.module() + " to patch"));
      copyPage(memory.space(), module.base() + patch.rva());
      memory.space().write(module.base() + patch.rva(), patch.bytes().array());
    }
    fill(memory.space(), UNLISTED_START, unlistedCode, Access.USER_EXECUTE_READ_WRITE);
    if (deletePending) {
      KernelObject file = files.file(FileObjects.onVolume(modules.get(0).spec().path()));
      Struct object = boot.objects().view(file, "_FILE_OBJECT");
      // DeletePending is the byte before ReadAccess in all versions.
      boot.space().writeNumber(object.addressOf("ReadAccess") - 1, 1, 1);
    }
  }

  /** Gives the process a copy of its own of a shared page, as a write to it does. */
  private static void copyPage(AddressSpace space, long address) {
    long page = address & -PAGE;
    byte[] content = space.read(page, PAGE);
    space.unmap(page);
    space.map(page, Access.USER_EXECUTE_READ);
    space.write(page, content);
  }

  private static void fill(AddressSpace space, long start, byte[] content, Access access) {
    if (content.length > 0) {
      space.mapRange(start, content.length, access);
      space.write(start, content);
    }
  }
}
