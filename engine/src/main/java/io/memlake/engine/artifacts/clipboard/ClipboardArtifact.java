package io.memlake.engine.artifacts.clipboard;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.MachineArtifact;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.ObjectOrigin;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.pool.PoolAllocation;
import io.memlake.engine.objects.pool.PoolHit;
import io.memlake.engine.objects.pool.ScannedPlace;
import io.memlake.engine.objects.value.Utf16;
import io.memlake.schemas.row.ClipboardRow;
import io.memlake.schemas.row.ErrorRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Fills {@code clipboard} from allocations with the tag Uscb. win32k describes its structures in no
 * public symbols since Windows 8, so the window station is not followed; but its allocations tell
 * themselves: {@code tagCLIPDATA} is a handle, a lock count, at 16 the size, at 20 the data; the
 * list of formats ({@code tagCLIP}) has 24 bytes a format: number, handle, flags. Where a list
 * names the handle of data, the format is known and the row is sure. Data of a page and more have
 * no pool header and are not found.
 */
public final class ClipboardArtifact implements MachineArtifact<ClipboardRow> {
  private static final int TAG = 'U' | 's' << 8 | 'c' << 16 | 'b' << 24;
  private static final int SIZE = 16;
  private static final int DATA = 20;
  private static final int ENTRY = 24;
  private static final int MAX_FORMAT = 0xFFFF;
  private static final int MAX_TEXT = 32_768;
  private static final int MAX_BYTES = 256;
  private static final int NAMED = 95;
  private static final int UNNAMED = 60;
  private static final int FREED = 40;

  private static final Map<Integer, String> FORMATS =
      Map.of(
          1, "CF_TEXT",
          2, "CF_BITMAP",
          7, "CF_OEMTEXT",
          8, "CF_DIB",
          13, "CF_UNICODETEXT",
          15, "CF_HDROP",
          16, "CF_LOCALE",
          17, "CF_DIBV5");

  @Override
  public String table() {
    return "clipboard";
  }

  @Override
  public Class<ClipboardRow> rowType() {
    return ClipboardRow.class;
  }

  @Override
  public Collected collect(
      MachineView view, RowSink<? super ClipboardRow> rows, RowSink<? super ErrorRow> errors)
      throws IOException {
    List<PoolAllocation> data = new ArrayList<>();
    Map<Long, Integer> formats = new HashMap<>();
    Set<Long> seen = new HashSet<>();
    for (PoolHit hit : view.candidates().hits()) {
      if (hit.tag() != TAG || !seen.add(hit.place())) {
        continue;
      }
      Optional<PoolAllocation> allocation =
          PoolAllocation.read(view.machine(), view.candidates().pages(), hit);
      if (allocation.isPresent()) {
        byte[] bytes = allocation.get().data();
        if (isData(bytes)) {
          data.add(allocation.get());
        } else {
          addFormats(bytes, formats);
        }
      }
    }
    data.sort(Comparator.comparing(PoolAllocation::place));
    for (PoolAllocation allocation : data) {
      ObjectOrigin origin = ObjectOrigin.at(view.candidates(), allocation.place());
      rows.accept(row(allocation, origin, formats));
    }
    return Collected.of(data.size(), 0);
  }

  /** A handle as the session gives them, and a size that fits the allocation. */
  private static boolean isData(byte[] bytes) {
    if (bytes.length < DATA + 1) {
      return false;
    }
    int size = LittleEndian.i32(bytes, SIZE);
    return isHandle(LittleEndian.i64(bytes, 0)) && size > 0 && size <= bytes.length - DATA;
  }

  private static boolean isHandle(long handle) {
    return handle > MAX_FORMAT && handle <= 0xFFFF_FFFFL;
  }

  private static void addFormats(byte[] bytes, Map<Long, Integer> formats) {
    for (int at = 0; at + ENTRY <= bytes.length; at += ENTRY) {
      int format = LittleEndian.i32(bytes, at);
      long handle = LittleEndian.i64(bytes, at + 8);
      if (format <= 0 || format > MAX_FORMAT || handle < 0) {
        return;
      }
      formats.put(handle, format);
    }
  }

  private static ClipboardRow row(
      PoolAllocation allocation, ObjectOrigin origin, Map<Long, Integer> formats) {
    byte[] bytes = allocation.data();
    long handle = LittleEndian.i64(bytes, 0);
    byte[] content = Arrays.copyOfRange(bytes, DATA, DATA + LittleEndian.i32(bytes, SIZE));
    Integer format = formats.get(handle);
    ClipboardRow row = new ClipboardRow();
    row.setSource("scan");
    row.setLayer(origin.layer());
    row.setForensicPath(origin.path());
    row.setConfidence(allocation.freed() ? FREED : format == null ? UNNAMED : NAMED);
    row.setAddress(ScannedPlace.offset(allocation.place()));
    row.setVa(allocation.virtualAddress() == 0 ? null : allocation.virtualAddress());
    row.setHandle(handle);
    row.setFormat(format);
    row.setSize(content.length);
    row.setFreed(allocation.freed());
    String kind = format == null ? guess(content) : FORMATS.getOrDefault(format, "CF_" + format);
    row.setFormatName(kind);
    boolean wide = kind.equals("CF_UNICODETEXT") || kind.equals("text16");
    boolean narrow = kind.equals("CF_TEXT") || kind.equals("CF_OEMTEXT") || kind.equals("text8");
    if (wide || narrow) {
      String text =
          wide
              ? Utf16.untilNul(content, 0, content.length / 2 * 2)
              : new String(content, StandardCharsets.ISO_8859_1).split("\0", 2)[0];
      row.setText(text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT));
    } else {
      row.setData(Hex.bytes(Arrays.copyOf(content, Math.min(MAX_BYTES, content.length))));
    }
    return row;
  }

  private static String guess(byte[] content) {
    int narrow = 0;
    int wide = 0;
    for (int i = 0; i < content.length; i++) {
      boolean text = content[i] >= ' ' || content[i] == '\n' || content[i] == '\r';
      narrow += text && content[i] < 0x7F ? 1 : 0;
      wide += i % 2 == 0 && text && i + 1 < content.length && content[i + 1] == 0 ? 1 : 0;
    }
    if (content.length >= 4 && wide * 2 >= content.length - 2) {
      return "text16";
    }
    return narrow >= content.length - 1 && content.length > 2 ? "text8" : "binary";
  }
}
