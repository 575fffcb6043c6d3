package io.memlake.engine.artifacts.stack;

import io.memlake.engine.artifacts.ProcessView;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.stack.CodeImage;
import io.memlake.engine.objects.stack.FrameMethod;
import io.memlake.engine.objects.stack.StackFrame;
import io.memlake.engine.objects.stack.StackWalk;
import io.memlake.engine.objects.thread.Ethread;
import io.memlake.engine.objects.vad.VadNode;
import io.memlake.engine.objects.vad.VadType;
import io.memlake.schemas.evidence.ForensicPath;
import io.memlake.schemas.row.ThreadFrameRow;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** Makes rows of the stacks of one process. */
final class ThreadFrameRows {
  private final ProcessView process;
  private final CodeNames names;
  private final RowSink<? super ThreadFrameRow> rows;
  private long count;

  ThreadFrameRows(ProcessView process, CodeNames names, RowSink<? super ThreadFrameRow> rows) {
    this.process = process;
    this.names = names;
    this.rows = rows;
  }

  /** Rows made so far. */
  long count() {
    return count;
  }

  void add(Ethread thread, String mode, StackWalk walk) throws IOException {
    for (int i = 0; i < walk.frames().size(); i++) {
      ThreadFrameRow row = row(thread, mode, i, walk.frames().get(i));
      if (i == walk.frames().size() - 1) {
        row.setStackEnd(walk.end().name().toLowerCase(Locale.ROOT));
      }
      rows.accept(row);
      count++;
    }
  }

  private ThreadFrameRow row(Ethread thread, String mode, int index, StackFrame frame)
      throws IOException {
    ThreadFrameRow row = new ThreadFrameRow();
    row.setSource("walk");
    row.setForensicPath(
        frame.sp() < 0
            ? ForensicPath.kernel(frame.sp())
            : ForensicPath.process(process.pid(), frame.sp()));
    row.setConfidence(frame.method().confidence());
    row.setPid(process.pid());
    row.setTid((int) thread.uniqueThread());
    row.setProcess(process.process().imageFileName());
    row.setEthread(thread.virtualAddress());
    row.setMode(mode);
    row.setFrame(index);
    row.setIp(frame.ip());
    row.setSp(frame.sp());
    row.setReturnSlot(frame.method() == FrameMethod.CONTEXT ? null : frame.sp() - Long.BYTES);
    row.setMethod(frame.method().name().toLowerCase(Locale.ROOT));
    row.setFunctionStart(frame.function() == 0 ? null : frame.function());
    if (frame.image().isPresent()) {
      CodeImage image = frame.image().get();
      row.setModule(image.name().isEmpty() ? null : image.name());
      row.setModuleBase(image.base());
      row.setModuleOffset(frame.ip() - image.base());
    }
    Optional<CodeNames.Name> name = names.of(frame);
    if (name.isPresent()) {
      row.setSymbol(name.get().text());
      row.setSymbolOffset(frame.ip() - name.get().address());
    }
    String backing = backing(frame);
    row.setBacking(backing);
    row.setBacked(backing == null ? null : backing.equals("image") || backing.equals("kernel"));
    return row;
  }

  /** Null when ranges were lost, so that nothing can be said. */
  private String backing(StackFrame frame) throws IOException {
    if (frame.ip() < 0) {
      return frame.image().isPresent() ? "kernel" : "none";
    }
    VadNode node = process.vads().find(frame.ip());
    if (node == null) {
      return process.vads().isComplete() ? "none" : null;
    }
    if (node.type() == VadType.IMAGE_MAP) {
      return "image";
    }
    return node.privateMemory() ? "private" : "mapped";
  }
}
