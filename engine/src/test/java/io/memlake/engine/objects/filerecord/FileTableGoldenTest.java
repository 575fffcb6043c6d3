package io.memlake.engine.objects.filerecord;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.image.SampleData;
import io.memlake.engine.objects.value.FileTime;
import java.nio.file.Files;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files, streams, times and sizes against listings of the Sleuth Kit ({@code fls -lrp}). */
class FileTableGoldenTest {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final int MOSCOW = 3;

  @ParameterizedTest
  @ValueSource(strings = {"4k-large", "orphan", "unicode"})
  void everyLineOfTheListingIsFoundAndNothingElse(String name) throws Exception {
    FileTable table = SampleTables.table(name + ".mft");
    List<String> listing = Files.readAllLines(SampleData.file("ntfs/" + name + ".fls"));
    ZoneOffset zone = ZoneOffset.ofHours(listing.get(0).contains("(MSK)") ? MOSCOW : 0);
    List<String> expected =
        listing.stream()
            .filter(line -> !line.contains("$OrphanFiles"))
            .map(line -> line.replace(" (MSK)", "").replace(" (UTC)", ""))
            .map(line -> line.substring(0, line.lastIndexOf('\t', line.lastIndexOf('\t') - 1)))
            .toList();

    assertThat(lines(table, zone)).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static List<String> lines(FileTable table, ZoneOffset zone) {
    List<String> lines = new ArrayList<>();
    for (FileEntry file : table.files()) {
      if (!file.record().inUse()) {
        continue;
      }
      for (FileName name : file.longNames()) {
        FilePath path = table.path(name);
        if (path.complete() && file.reference().number() != FileTable.ROOT) {
          String plain = path.path().substring(1).replace('\\', '/');
          file.attributes().forEach(attribute -> line(file, attribute, plain, zone, lines));
        }
      }
    }
    return lines;
  }

  private static void line(
      FileEntry file, Attribute attribute, String path, ZoneOffset zone, List<String> lines) {
    boolean index = attribute.type() == AttributeTypes.INDEX_ROOT;
    if (attribute.type() != AttributeTypes.DATA && !index) {
      return;
    }
    boolean main = attribute.name().isEmpty() || attribute.name().equals("$I30");
    StandardInformation times = file.standardInformation().orElseThrow();
    lines.add(
        String.format(
            "%s %d-%d-%d:\t%s\t%s\t%s\t%s\t%s\t%d",
            file.record().directory() && index ? "d/d" : "r/r",
            file.reference().number(),
            attribute.type(),
            attribute.id(),
            main ? path : path + ":" + attribute.name(),
            time(times.modified(), zone),
            time(times.accessed(), zone),
            time(times.recordChanged(), zone),
            time(times.created(), zone),
            attribute.size()));
  }

  private static String time(long fileTime, ZoneOffset zone) {
    Instant instant = FileTime.instant(fileTime).orElseThrow();
    return TIME.format(instant.atOffset(zone));
  }
}
