package io.memlake.engine.artifacts.process;

import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.ProcessView;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.vad.VadNode;
import io.memlake.engine.objects.vad.VadSection;
import io.memlake.engine.objects.vad.VadType;
import io.memlake.engine.symbols.BitsField;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.engine.symbols.StructType;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.evidence.Gaps;
import io.memlake.schemas.row.ProcessRow;
import java.io.IOException;
import java.util.Optional;

/**
 * What the kernel knows of the program of a process: the range where it mapped it and the file
 * behind it. Replaced, unmapped and deleted programs show here.
 */
final class ProcessProgram {
  private static final int TYPE_FILE = 5;

  private final MachineView view;
  private final Optional<StructType> fileObject;
  private final Optional<BitsField> type;
  private final Optional<BitsField> deletePending;
  private final Optional<BitsField> writeAccess;

  ProcessProgram(MachineView view) {
    this.view = view;
    this.fileObject = view.machine().symbols().findStruct("_FILE_OBJECT");
    this.type = fileObject.flatMap(struct -> struct.findBits("Type"));
    this.deletePending = fileObject.flatMap(struct -> struct.findBits("DeletePending"));
    this.writeAccess = fileObject.flatMap(struct -> struct.findBits("WriteAccess"));
  }

  void into(ProcessRow row, Eprocess process, Gaps gaps) throws IOException {
    long base = process.sectionBaseAddress();
    row.setSectionBase(base == 0 ? null : base);
    if (base > 0 && !process.ended()) {
      range(row, process, base, gaps);
    }
    if (process.imageFilePointer().isPresent() && !process.ended()) {
      long file = process.imageFilePointer().getAsLong();
      row.setImageFileObject(file == 0 ? null : file);
      row.setImageFileState(isKernel(file) ? state(file) : null);
      if (isKernel(file) && row.getImageFileState() == null) {
        gaps.add("image_file_state", Absence.UNREADABLE);
      }
    }
  }

  private void range(ProcessRow row, Eprocess process, long base, Gaps gaps) throws IOException {
    ProcessView memory;
    try {
      memory = view.processView(process);
    } catch (MissingSymbolException e) {
      gaps.add("image_vad_type", Absence.NOT_AVAILABLE);
      return;
    }
    VadNode node = memory.vads().find(base);
    if (node == null) {
      if (!memory.vads().isComplete()) {
        gaps.add("image_vad_type", Absence.UNREADABLE);
      }
      return;
    }
    row.setImageVadType(
        node.type() == VadType.IMAGE_MAP ? "image" : node.privateMemory() ? "private" : "mapped");
    row.setImageVadProtection(node.protectionName());
    row.setImageFile(
        memory
            .section(node)
            .map(VadSection::fileName)
            .filter(name -> !name.isEmpty())
            .orElse(null));
  }

  private boolean isKernel(long address) {
    return view.machine().kernelSpace().isKernel(address);
  }

  private String state(long file) throws IOException {
    Machine machine = view.machine();
    Optional<byte[]> bytes =
        fileObject.isEmpty()
            ? Optional.empty()
            : machine.kernelSpace().map(file, fileObject.get().size());
    if (bytes.isEmpty()) {
      return null;
    }
    if (number(type, bytes.get()) != TYPE_FILE) {
      return "none";
    }
    if (number(deletePending, bytes.get()) != 0) {
      return "delete_pending";
    }
    return number(writeAccess, bytes.get()) != 0 ? "writable" : "present";
  }

  private static long number(Optional<BitsField> field, byte[] bytes) {
    return field.isPresent() ? field.get().in(bytes, 0) : 0;
  }
}
