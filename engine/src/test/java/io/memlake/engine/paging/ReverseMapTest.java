package io.memlake.engine.paging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReverseMapTest {
  private static final MappingOwner KERNEL = new MappingOwner(4, 0x1AD000, true);
  private static final MappingOwner SMSS = new MappingOwner(300, 0x5000, false);
  private static final MappingOwner LSASS = new MappingOwner(700, 0x9000, false);
  private static final int USER = MappingFlags.USER;
  private static final int PRIVATE = MappingFlags.USER | MappingFlags.PRIVATE;

  private final ReverseMapBuilder builder = new ReverseMapBuilder();

  @Test
  void everyFrameTellsAllItsPagesAndNoOtherFrameDoes() {
    Random random = new Random(5);
    Map<Long, Set<String>> truth = new TreeMap<>();
    List<MappingOwner> owners = List.of(LSASS, KERNEL, SMSS);
    for (int i = 0; i < 5000; i++) {
      MappingOwner owner = owners.get(random.nextInt(3));
      long pfn = random.nextInt(2000);
      long pages = 1L + random.nextInt(4);
      long address = (random.nextLong() << 16 >> 16) & -4096L;
      int flags = random.nextInt(64);
      builder.visitor(owner).frames(address, pfn, pages, flags);
      for (int page = 0; page < pages; page++) {
        truth
            .computeIfAbsent(pfn + page, key -> new TreeSet<>())
            .add(owner.pid() + " " + (address + page * 4096L) + " " + flags);
      }
    }
    ReverseMap map = builder.build();
    for (long pfn = 0; pfn < 2100; pfn++) {
      Set<String> told = new TreeSet<>();
      map.forEachMapping(
          pfn,
          (place, owner, address, flags) -> told.add(owner.pid() + " " + address + " " + flags));
      assertThat(told).isEqualTo(truth.getOrDefault(pfn, Set.of()));
      assertThat(map.mappingCount(pfn)).isEqualTo(told.size());
      assertThat(map.firstMapping(pfn).isPresent()).isEqualTo(!told.isEmpty());
    }
    long[] inRange = new long[1];
    map.forEachMapping(100, 200, (place, owner, address, flags) -> inRange[0]++);
    assertThat(inRange[0])
        .isEqualTo(
            truth.entrySet().stream()
                .filter(entry -> entry.getKey() >= 100 && entry.getKey() < 200)
                .mapToLong(entry -> entry.getValue().size())
                .sum());
  }

  @Test
  void aProcessIsNamedBeforeTheKernelAndTheKernelAddressIsFound() {
    builder.visitor(KERNEL).frames(0xFFFF_8000_0000_3000L, 7, 1, 0);
    builder.visitor(KERNEL).frames(0xFFFF_8000_0000_1000L, 7, 1, 0);
    builder.visitor(LSASS).frames(0x10000, 7, 1, USER);
    builder.visitor(SMSS).frames(0x20000, 7, 1, USER);
    ReverseMap map = builder.build();
    assertThat(map.owners()).containsExactly(SMSS, LSASS, KERNEL);
    assertThat(map.firstMapping(7)).contains(new Mapping(SMSS, 0x20000, USER));
    assertThat(map.kernelVirtualAddress(7)).isEqualTo(0xFFFF_8000_0000_1000L);
    assertThat(map.kernelVirtualAddress(8)).isEqualTo(AddressSpace.ABSENT);
    assertThat(map.mappingCount(7)).isEqualTo(4);
  }

  @Test
  void slotsOfPageFilesAreKeptApartByNumber() {
    builder.visitor(LSASS).pageFile(0x10000, 2, 0xFFFF_FFF0L, 2, PRIVATE);
    builder.visitor(SMSS).pageFile(0x30000, 1, 0xFFFF_FFF0L, 1, PRIVATE);
    ReverseMap map = builder.build();
    assertThat(map.firstPageFileMapping(2, 0xFFFF_FFF1L))
        .contains(new Mapping(LSASS, 0x11000, PRIVATE));
    assertThat(map.firstPageFileMapping(1, 0xFFFF_FFF1L)).isEmpty();
    assertThat(map.firstPageFileMapping(16, 0)).isEmpty();
    assertThat(map.firstPageFileMapping(2, 1L << 32)).isEmpty();
    List<Long> places = new ArrayList<>();
    map.forEachPageFileMapping(2, 0, Long.MAX_VALUE, (page, owner, at, flags) -> places.add(page));
    assertThat(places).containsExactly(0xFFFF_FFF0L, 0xFFFF_FFF1L);
    assertThat(map.frameMappings()).isZero();
    assertThat(map.slotMappings()).isEqualTo(3);
  }

  @Test
  void partsInAnyOrderAndAnySplitGiveTheSameMap() throws Exception {
    Random random = new Random(9);
    List<ReverseMap> parts = new ArrayList<>();
    ReverseMapBuilder whole = new ReverseMapBuilder();
    for (int pid = 4; pid < 60; pid += 4) {
      ReverseMapBuilder part = new ReverseMapBuilder();
      MappingOwner owner = new MappingOwner(pid, pid << 12, pid == 4);
      for (int i = 0; i < 200; i++) {
        long pfn = random.nextInt(500);
        long address = (long) random.nextInt(1 << 20) << 12;
        int flags = random.nextInt(256) & ~MappingFlags.NOT_IN_EVIDENCE;
        for (ReverseMapBuilder to : List.of(part, whole)) {
          to.visitor(owner).frames(address, pfn, 1, flags);
          to.visitor(owner).pageFile(address, pid & 15, pfn, 2, flags);
          to.visitor(owner).table(address, pfn, 3);
        }
      }
      parts.add(part.build());
    }
    ReverseMap expected = whole.build();
    for (int round = 0; round < 5; round++) {
      Collections.shuffle(parts, random);
      int cut = random.nextInt(parts.size());
      ReverseMap merged =
          ReverseMap.merge(
              List.of(
                  ReverseMap.merge(parts.subList(0, cut)),
                  ReverseMap.merge(parts.subList(cut, parts.size()))));
      assertThat(merged).isEqualTo(expected).hasSameHashCodeAs(expected);
    }
    assertThat(copy(expected)).isEqualTo(expected);
  }

  @Test
  void framesThatTheEvidenceDoesNotHoldAreLeftOut() {
    builder.visitor(LSASS).frames(0x10000, 7, 1, USER | MappingFlags.NOT_IN_EVIDENCE);
    assertThat(builder.build().frameMappings()).isZero();
  }

  @Test
  void contradictionsAreFoundAndOrdinarySharingIsNone() {
    MappingVisitor lsass = builder.visitor(LSASS);
    MappingVisitor smss = builder.visitor(SMSS);
    MappingVisitor kernel = builder.visitor(KERNEL);
    lsass.frames(0x10000, 1, 1, USER);
    smss.frames(0x10000, 1, 1, USER);
    lsass.frames(0x20000, 2, 1, PRIVATE);
    smss.frames(0x20000, 2, 1, USER);
    lsass.frames(0x30000, 3, 1, PRIVATE);
    lsass.frames(0x40000, 3, 1, USER);
    kernel.frames(0xFFFF_8000_0000_0000L, 3, 1, 0);
    lsass.table(0, 4, 3);
    kernel.frames(0xFFFF_8000_0000_1000L, 4, 1, 0);
    lsass.table(0, 5, 3);
    smss.frames(0x50000, 5, 1, USER);
    lsass.table(0, 6, 2);
    smss.table(0, 6, 2);
    lsass.pageFile(0x60000, 0, 9, 1, PRIVATE);
    smss.pageFile(0x60000, 0, 9, 1, PRIVATE);
    ReverseMap map = builder.build();
    assertThat(map.conflicts()).isEqualTo(new FrameConflicts(1, 1, 1, 1, List.of(2L, 5L, 6L)));
    assertThat(map.isPageTable(5)).isTrue();
    assertThat(map.isPageTable(7)).isFalse();
    assertThat(map.pageTable(6)).contains(new Mapping(SMSS, 0, 2));
  }

  @Test
  void aSpaceWithTooManyPagesIsCutAndTheLargestOfTooManyIsLeftOut() {
    ReverseMapBuilder small = new ReverseMapBuilder(100, 150);
    small.visitor(LSASS).frames(0, 0, Long.MAX_VALUE >> 14, USER);
    small.visitor(SMSS).frames(0, 0, 60, USER);
    ReverseMap map = small.build();
    assertThat(map.frameMappings()).isEqualTo(60);
    assertThat(map.firstMapping(0)).contains(new Mapping(SMSS, 0, USER));
    assertThat(map.dropped()).isEqualTo(Long.MAX_VALUE >> 14);

    ReverseMapBuilder lsass = new ReverseMapBuilder();
    lsass.visitor(LSASS).frames(0, 0, 100, USER);
    ReverseMapBuilder merged = new ReverseMapBuilder(1000, 150);
    merged.addAll(List.of(map, lsass.build()));
    assertThat(merged.build().frameMappings()).isEqualTo(60);
  }

  @Test
  void aHostOf16GibWith300ProcessesFitsIn256Mib() {
    int frames = 4 << 20;
    List<ReverseMap> parts = new ArrayList<>();
    Random random = new Random(16);
    int privatePages = frames * 3 / 4 / 300;
    for (int process = 0; process < 300; process++) {
      ReverseMapBuilder part = new ReverseMapBuilder();
      MappingVisitor visitor =
          part.visitor(new MappingOwner(process * 4 + 8, process << 12, false));
      // Private pages in scattered frames, and 8000 shared pages of libraries in every process.
      for (int page = 0; page < privatePages; page++) {
        long pfn = ((long) process * privatePages + page) * 0x9E37_79B1L & (frames - 1);
        visitor.frames(0x1_0000_0000L + page * 4096L, pfn, 1, USER);
      }
      for (int library = 0; library < 80; library++) {
        visitor.frames(0x7FF8_0000_0000L + ((long) library << 24), library * 100L, 100, USER);
      }
      parts.add(part.build());
    }
    ReverseMapBuilder kernel = new ReverseMapBuilder();
    for (int page = 0; page < frames / 4; page++) {
      long address = 0xFFFF_8000_0000_0000L + ((long) random.nextInt(1 << 26) << 12);
      kernel.visitor(KERNEL).frames(address, random.nextInt(frames), 1, 0);
    }
    parts.add(kernel.build());
    ReverseMap map = ReverseMap.merge(parts);
    assertThat(map.frameMappings()).isGreaterThan(6_500_000);
    assertThat(map.memoryBytes()).isLessThan(256L << 20);
    assertThat(map.mappingCount(50)).isGreaterThanOrEqualTo(300);
  }

  @Test
  void theSerialFormTakesHalfOfTheArraysOrLess() throws IOException {
    Random random = new Random(17);
    for (int process = 0; process < 20; process++) {
      MappingVisitor visitor = builder.visitor(new MappingOwner(process * 4 + 8, process, false));
      for (int page = 0; page < 2000; page++) {
        visitor.frames(0x1_0000_0000L + page * 4096L, random.nextInt(1 << 22), 1, USER);
      }
      visitor.frames(0x7FF8_0000_0000L, 5000, 2000, USER);
    }
    ReverseMap map = builder.build();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(map);
    }
    assertThat((long) bytes.size()).isLessThan(map.memoryBytes() / 2);
  }

  private static ReverseMap copy(ReverseMap map) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(map);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (ReverseMap) in.readObject();
    }
  }
}
