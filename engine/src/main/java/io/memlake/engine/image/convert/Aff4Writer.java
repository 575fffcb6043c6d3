package io.memlake.engine.image.convert;

import io.memlake.engine.image.ImageHints;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongConsumer;

/**
 * AFF4, standard 1.0: a map of physical memory over one stream in LZ4 chunks. Frames of zeros that
 * the source does not store and frames that its acquirer could not read are mapped to the symbolic
 * streams for them, so nothing is lost on the way.
 */
public final class Aff4Writer implements ImageWriter {
  private static final String SCHEMA = "http://aff4.org/Schema#";
  private static final String MAP = "PhysicalMemory";
  private static final String DATA = MAP + "/data";

  /** Without state. */
  public Aff4Writer() {}

  @Override
  public String format() {
    return "aff4";
  }

  @Override
  public ConversionReport write(
      PhysicalMemory memory, ImageHints hints, ImageOutput out, LongConsumer progress)
      throws IOException {
    String volume = "aff4://" + UUID.randomUUID();
    ZipOutput zip = new ZipOutput(out, 0);
    zip.add("container.description", volume);
    zip.add("version.txt", "major=1\nminor=0\ntool=Memlake\n");
    BevyOutput data = new BevyOutput(zip, DATA);
    FramePump pump = new FramePump(memory, data, progress);
    List<Long> targets = new ArrayList<>();
    StorableRuns.reportGaps(memory, pump);
    for (PageRun run : memory.runs()) {
      targets.add(data.size());
      if (run.state() == PageState.PRESENT) {
        pump.frames(run.firstPfn(), run.pageCount(), run.state());
      } else if (run.state() == PageState.ZERO) {
        pump.elided(run.pageCount());
      }
    }
    data.close();
    ConversionReport report = pump.report(format(), false);
    Aff4Map map = map(memory, targets, report.gaps());
    zip.add(MAP + "/map", map.bytes());
    String names =
        String.join("\n", volume + "/" + DATA, SCHEMA + "Zero", SCHEMA + "UnreadableData") + "\n";
    zip.add(MAP + "/idx", names);
    zip.add("information.turtle", turtle(volume, map.end(), data.size(), hints));
    zip.finish(volume);
    return new ConversionReport(
        format(), zip.position(), report.pagesWritten(), report.gaps(), false);
  }

  private static Aff4Map map(PhysicalMemory memory, List<Long> targets, List<PageRun> gaps) {
    Aff4Map map = new Aff4Map();
    for (int i = 0; i < targets.size(); i++) {
      PageRun run = memory.runs().get(i);
      switch (run.state()) {
        case PRESENT -> map.addData(run, targets.get(i), gaps);
        case ZERO -> map.add(run.firstPfn(), run.pageCount(), 0, Aff4Map.ZERO);
        case UNREADABLE -> map.add(run.firstPfn(), run.pageCount(), 0, Aff4Map.UNREADABLE);
        default -> {
          // A range that the map leaves out is not dumped.
        }
      }
    }
    return map;
  }

  private static String turtle(String volume, long mapSize, long dataSize, ImageHints hints) {
    String tables =
        hints.number(ImageHints.DTB).isPresent()
            ? " ;\n    aff4:memoryPageTableEntryOffset " + hints.number(ImageHints.DTB).getAsLong()
            : "";
    return """
        @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        @prefix aff4: <%1$s> .

        <%2$s> a aff4:ZipVolume ;
            aff4:contains <%2$s/image> .

        <%2$s/image> a aff4:Image, aff4:MemoryImage ;
            aff4:dataStream <%2$s/%3$s> ;
            aff4:size "%5$d"^^xsd:long%7$s ;
            aff4:stored <%2$s> .

        <%2$s/%3$s> a aff4:Map ;
            aff4:category <%1$smemory/physical> ;
            aff4:dependentStream <%2$s/%4$s> ;
            aff4:target <%2$s/image> ;
            aff4:size "%5$d"^^xsd:long ;
            aff4:stored <%2$s> .

        <%2$s/%4$s> a aff4:ImageStream ;
            aff4:chunkSize "%8$d"^^xsd:int ;
            aff4:chunksInSegment "%9$d"^^xsd:int ;
            aff4:compressionMethod <https://code.google.com/p/lz4/> ;
            aff4:size "%6$d"^^xsd:long ;
            aff4:target <%2$s/%3$s> ;
            aff4:stored <%2$s> .
        """
        .formatted(
            SCHEMA,
            volume,
            MAP,
            DATA,
            mapSize,
            dataSize,
            tables,
            BevyOutput.CHUNK,
            BevyOutput.CHUNKS_IN_SEGMENT);
  }
}
