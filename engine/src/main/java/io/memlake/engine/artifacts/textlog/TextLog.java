package io.memlake.engine.artifacts.textlog;

import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.file.FileArtifact;
import io.memlake.engine.objects.file.FileContent;
import io.memlake.engine.objects.file.FileObject;
import io.memlake.engine.objects.file.FileObjectReader;
import io.memlake.schemas.row.FileRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A text file with its lines, as far as memory holds them: a line that lies in an absent page is
 * left out.
 *
 * @param object address of the file object
 * @param path path of the file with its device
 * @param lines the lines; those that are cut by an absent page as far as they are there
 */
record TextLog(long object, String path, List<String> lines) {
  /** Logs are cut over by then; a damaged size must not fill the heap. */
  private static final int MAX_BYTES = 32 << 20;

  private static final int MARK = 0xFEFF;

  /** The logs whose path is wanted, by address; one for all objects of the same content. */
  static List<TextLog> of(MachineView view, Predicate<String> wanted) throws IOException {
    FileObjectReader reader = FileObjectReader.of(view.machine());
    List<FileRow> rows = new ArrayList<>();
    new FileArtifact().collect(view, rows::add, error -> {});
    List<TextLog> logs = new ArrayList<>();
    List<Long> sections = new ArrayList<>();
    for (FileRow row : rows) {
      if (row.getName() == null || row.getObject() == null || !wanted.test(row.getName())) {
        continue;
      }
      Optional<FileObject> file = reader.at(row.getObject());
      if (file.isEmpty() || file.get().size() <= 0 || file.get().size() > MAX_BYTES) {
        continue;
      }
      long section =
          file.get().dataSection() == 0 ? file.get().sharedCacheMap() : file.get().dataSection();
      if (!sections.contains(section)) {
        sections.add(section);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        FileContent.of(view.machine(), file.get()).write(content);
        logs.add(new TextLog(row.getObject(), row.getName(), lines(content.toByteArray())));
      }
    }
    return logs;
  }

  /** The lines of a text; of UTF-16 where its mark or its first characters say so. */
  static List<String> lines(byte[] bytes) {
    boolean wide =
        bytes.length > 3
            && ((bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE)
                || (bytes[1] == 0 && bytes[3] == 0));
    Charset charset = wide ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
    String text = new String(bytes, charset);
    List<String> lines = new ArrayList<>();
    for (String line : text.split("\r?\n", -1)) {
      String kept = line.replace("\0", "");
      lines.add(!kept.isEmpty() && kept.charAt(0) == MARK ? kept.substring(1) : kept);
    }
    return lines;
  }
}
