package io.memlake.engine.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.physical.FrameMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages of a real Windows 10 kernel behind tables that another program wrote. */
class RealKernelPagesTest {
  private static final long DTB = 0x1AD000;
  private static final long KDBG = 0xFFFF_F804_7C60_0B20L;

  private final FrameMap frames = new FrameMap();
  private final TreeMap<Long, Long> blocks = new TreeMap<>();
  private PagedAddressSpace space;

  @BeforeEach
  void open() throws IOException {
    Path data = Path.of("").toAbsolutePath();
    while (data != null && !Files.exists(data.resolve("shared/data/images"))) {
      data = data.getParent();
    }
    assumeTrue(data != null, "The sample image with real kernel pages is not beside the project");
    Path images = data.resolve("shared/data/images");
    byte[] raw = Files.readAllBytes(images.resolve("w10-19041.804.raw"));
    for (int at = 0; at + 4096 <= raw.length; at += 4096) {
      System.arraycopy(raw, at, frames.frame(at >>> 12), 0, 4096);
    }
    readBlocks(images.resolve("w10-19041.804.truth.json"));
    space = AddressSpaces.x64(frames, DTB, PteLayout.x64(0), PagedOutPages.NONE);
  }

  @Test
  void everyBlockOfTheDumpIsReadableAtItsAddress() throws IOException {
    assertThat(blocks).hasSizeGreaterThan(400);
    for (var block : blocks.entrySet()) {
      byte[] bytes = new byte[Math.toIntExact(block.getValue())];
      assertThat(space.read(block.getKey(), bytes, 0, bytes.length)).isTrue();
    }
    byte[] kdbg = space.map(KDBG, 0x20).orElseThrow();
    assertThat(new String(kdbg, 0x10, 4, java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo("KDBG");
    assertThat(LittleEndian.i64(kdbg, 0x18)).isEqualTo(0xFFFF_F804_7BA0_0000L);
  }

  @Test
  void theWalkTellsThePagesOfTheBlocksAndTheReverseMapLeadsBack() throws IOException {
    MappingOwner kernel = new MappingOwner(4, DTB, true);
    ReverseMapBuilder builder = new ReverseMapBuilder();
    PageTableCounts counts = PageTableWalker.walk(space, builder.visitor(kernel));
    assertThat(counts.complete()).isTrue();
    ReverseMap map = builder.build();
    for (var block : blocks.entrySet()) {
      long page = block.getKey() & -4096L;
      long pfn = space.translate(page) >>> 12;
      boolean[] found = new boolean[1];
      map.forEachMapping(pfn, (place, owner, address, flags) -> found[0] |= address == page);
      assertThat(found[0]).isTrue();
    }
    assertThat(counts.validPtes()).isGreaterThanOrEqualTo(1043);
    assertThat(map.conflicts().total()).isZero();
  }

  private void readBlocks(Path file) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
      while (json.nextToken() != null && !"blocks".equals(json.currentName())) {
        // The blocks are what this test needs.
      }
      json.nextToken();
      while (json.nextToken() == JsonToken.START_ARRAY) {
        json.nextToken();
        long address = Long.parseUnsignedLong(json.getText().substring(2), 16);
        json.nextToken();
        blocks.merge(address, json.getLongValue(), Math::max);
        json.nextToken();
      }
    }
  }
}
