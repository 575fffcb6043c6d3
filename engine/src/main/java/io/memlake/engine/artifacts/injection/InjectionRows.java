package io.memlake.engine.artifacts.injection;

import io.memlake.engine.artifacts.ProcessView;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.thread.Ethread;
import io.memlake.engine.objects.vad.VadNode;
import io.memlake.engine.objects.vad.VadSection;
import io.memlake.engine.objects.vad.VadType;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.pe.PeImage;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.evidence.ForensicPath;
import io.memlake.schemas.row.InjectionRow;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Makes rows of what was found in one process. */
final class InjectionRows {
  private static final int SHOWN = 64;

  private final ProcessView memory;
  private final AddressSpace space;
  private final FirstInstructions instructions;

  InjectionRows(ProcessView memory, FirstInstructions instructions) {
    this.instructions = instructions;
    this.memory = memory;
    this.space = memory.space().orElseThrow();
  }

  /** A row about a range. */
  InjectionRow row(VadNode node, String reason, long address, ExecutablePages code)
      throws IOException {
    InjectionRow row = bare(node.start(), node.end(), reason, address, code);
    row.setConfidence(90);
    row.setType(
        node.type() == VadType.IMAGE_MAP ? "image" : node.privateMemory() ? "private" : "mapped");
    row.setTag(node.tag().isEmpty() ? null : node.tag());
    row.setProtection(node.protectionName());
    row.setPrivateMemory(node.privateMemory());
    row.setCommitCharge(node.commitCharge());
    row.setVad(node.address());
    row.setFile(
        memory
            .section(node)
            .map(VadSection::fileName)
            .filter(name -> !name.isEmpty())
            .orElse(null));
    if (!reason.equals("image_patched")) {
      bytes(row, address);
    }
    return row;
  }

  /** A row about a header in a range. */
  InjectionRow header(VadNode node, HeaderTrace header, ExecutablePages code) throws IOException {
    String reason = header.mz() ? "pe_header" : "pe_header_without_mz";
    InjectionRow row = row(node, reason, header.address(), code);
    row.setPeBits(header.bits());
    row.setPeTimestamp(header.timestamp());
    row.setPeSize(header.imageSize());
    return row;
  }

  /** A row about code of a module that was changed. */
  InjectionRow changed(VadNode node, ChangedPages changed, ExecutablePages code)
      throws IOException {
    InjectionRow row = row(node, "image_patched", changed.first(), code);
    row.setPagesChanged(changed.changed());
    row.setFirstBytes(changed.bytes());
    instructions.into(row, bits(row.getAddress()));
    row.setReferenceBytes(changed.reference());
    return row;
  }

  /** A row about pages that no descriptor holds; less sure when descriptors were lost. */
  InjectionRow unlisted(long start, long end, ExecutablePages code) throws IOException {
    InjectionRow row = bare(start, end, "no_vad", code.firstUsed(), code);
    row.setConfidence(memory.vads().isComplete() ? 90 : 40);
    bytes(row, code.firstUsed());
    return row;
  }

  private InjectionRow bare(long start, long end, String reason, long address, ExecutablePages code)
      throws IOException {
    InjectionRow row = new InjectionRow();
    row.setSource("walk");
    row.setForensicPath(ForensicPath.process(memory.pid(), address));
    row.setPid(memory.pid());
    row.setProcess(memory.process().imageFileName());
    row.setEprocess(memory.process().virtualAddress());
    row.setStart(start);
    row.setEnd(end);
    row.setSize(end - start + 1);
    row.setReason(reason);
    row.setAddress(address);
    row.setPagesPresent(code.present());
    row.setPagesExec(code.executable());
    row.setEntropy(code.entropy());
    row.setThreadsStarted(threadsIn(start, end));
    return row;
  }

  private void bytes(InjectionRow row, long address) throws IOException {
    int toPageEnd = PhysicalMemory.PAGE_SIZE - (int) (address & (PhysicalMemory.PAGE_SIZE - 1));
    byte[] bytes = new byte[Math.min(SHOWN, toPageEnd)];
    if (space.read(address, bytes, 0, bytes.length)) {
      row.setFirstBytes(ByteBuffer.wrap(bytes));
      row.setHasMz(bytes.length >= 2 && LittleEndian.u16(bytes, 0) == PeImage.MZ);
      instructions.into(row, bits(address));
    }
  }

  /** A 32-bit process keeps its own code below 4 GiB; the 64-bit side may lie there, too. */
  private int bits(long address) {
    return memory.process().wow64Process() != 0 && address >>> Integer.SIZE == 0 ? 32 : 64;
  }

  private Integer threadsIn(long start, long end) throws IOException {
    try {
      int count = 0;
      for (Ethread thread : memory.threads()) {
        long at = thread.win32StartAddress();
        count += at >= start && at <= end ? 1 : 0;
      }
      return count;
    } catch (MissingSymbolException e) {
      return null;
    }
  }
}
