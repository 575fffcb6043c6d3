package io.memlake.engine.paging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PteDecoderTest {
  private static final long MASK = 0x0000_2000_0000_0000L;
  private static final PteLayout NEW = PteLayout.x64(MASK);
  private static final PteLayout OLD = PteLayout.x64BeforeSwizzle();

  /** Protections that ordinary pages have; 0x10 alone means given back. */
  private static final long[] PROTECTIONS = {1, 2, 3, 4, 5, 6, 7, 0x18};

  private final Random random = new Random(42);

  /** What the memory manager does before it stores an entry that is not valid. */
  private static long swizzled(long entry, long mask) {
    return (entry & mask) != 0 ? entry | 0x10 : entry ^ mask;
  }

  @Test
  void pageFileEntriesOfTheNewLayoutSurviveTheSwizzle() {
    for (int i = 0; i < 20_000; i++) {
      int number = random.nextInt(16);
      long page = 1L + random.nextInt(1 << 28);
      long meant = page << 32 | (long) number << 12 | protection() << 5 | noise(0x0000_000F_0000L);
      long stored = swizzled(meant, MASK);
      assertThat(PteDecoder.kindOf(stored, NEW)).isEqualTo(PteKind.PAGE_FILE);
      assertThat(PteDecoder.pageFileNumber(stored, NEW)).isEqualTo(number);
      assertThat(PteDecoder.pageFileOffset(stored, NEW)).isEqualTo(page);
    }
  }

  @Test
  void pageFileEntriesOfTheOldLayoutAreTakenAsTheyStand() {
    for (int i = 0; i < 20_000; i++) {
      int number = random.nextInt(16);
      long page = 1L + random.nextInt(1 << 28);
      long stored = page << 32 | (long) number << 1 | protection() << 5 | noise(0xFFFF_F000L);
      assertThat(PteDecoder.kindOf(stored, OLD)).isEqualTo(PteKind.PAGE_FILE);
      assertThat(PteDecoder.pageFileNumber(stored, OLD)).isEqualTo(number);
      assertThat(PteDecoder.pageFileOffset(stored, OLD)).isEqualTo(page);
    }
  }

  @Test
  void transitionFramesSurviveTheSwizzleAlsoBeyondTheMask() {
    for (int i = 0; i < 20_000; i++) {
      long pfn = random.nextLong() >>> (24 + random.nextInt(24));
      long stored = swizzled(pfn << 12 | 0x800 | protection() << 5, MASK);
      assertThat(PteDecoder.kindOf(stored, NEW)).isEqualTo(PteKind.TRANSITION);
      assertThat(PteDecoder.transitionPfn(stored, NEW)).isEqualTo(pfn);
    }
  }

  @Test
  void prototypeAddressesSurviveTheSwizzle() {
    for (int i = 0; i < 20_000; i++) {
      long address = 0xFFFF_8000_0000_0000L | (random.nextLong() & 0x7FFF_FFFF_FFF8L);
      long stored = swizzled(address << 16 | 0x400 | protection() << 5, MASK);
      assertThat(PteDecoder.kindOf(stored, NEW)).isEqualTo(PteKind.PROTOTYPE);
      assertThat(PteDecoder.prototypeAddress(stored, NEW)).isEqualTo(address);
      assertThat(PteDecoder.kindOfPrototype(stored, NEW)).isEqualTo(PteKind.SUBSECTION);
      assertThat(PteDecoder.subsectionAddress(stored, NEW)).isEqualTo(address);
    }
  }

  @Test
  void protectionAloneIsDemandZeroWhateverTheSwizzleBitSays() {
    for (long protection : PROTECTIONS) {
      long entry = protection << 5;
      assertThat(PteDecoder.kindOf(entry, NEW)).isEqualTo(PteKind.DEMAND_ZERO);
      assertThat(PteDecoder.kindOf(entry | 0x10, NEW)).isEqualTo(PteKind.DEMAND_ZERO);
      assertThat(PteDecoder.kindOf(entry ^ MASK, NEW)).isEqualTo(PteKind.DEMAND_ZERO);
      assertThat(PteDecoder.kindOf(entry, OLD)).isEqualTo(PteKind.DEMAND_ZERO);
      assertThat(PteDecoder.protection(entry, NEW)).isEqualTo((int) protection);
    }
    assertThat(PteDecoder.kindOf(0x200, NEW)).isEqualTo(PteKind.DECOMMITTED);
    assertThat(PteDecoder.kindOf(0, NEW)).isEqualTo(PteKind.EMPTY);
  }

  @Test
  void theVadMarkerIsKnownWithAndWithoutTheMask() {
    for (long marker : new long[] {0xFFFF_FFFF_0000_0480L, 0xFFFF_FFFF_0000_0490L}) {
      assertThat(PteDecoder.kindOf(marker, NEW)).isEqualTo(PteKind.VAD_LOOKUP);
      assertThat(PteDecoder.kindOf(marker ^ MASK, NEW))
          .isEqualTo((marker & 0x10) == 0 ? PteKind.VAD_LOOKUP : PteKind.PROTOTYPE);
      assertThat(PteDecoder.kindOf(marker, OLD)).isEqualTo(PteKind.VAD_LOOKUP);
    }
    assertThat(PteDecoder.kindOf(0xFFFF_FFFF_0000_0080L, NEW)).isEqualTo(PteKind.VAD_LOOKUP);
    assertThat(PteDecoder.kindOf(0xFFFF_F460L, PteLayout.x86())).isEqualTo(PteKind.VAD_LOOKUP);
  }

  @Test
  void aPrototypeAddressOutsideTheKernelOrUnalignedIsUnknown() {
    assertThat(PteDecoder.kindOf(0x0000_7FF6_1234_5678L << 16 | 0x410, NEW))
        .isEqualTo(PteKind.UNKNOWN);
    assertThat(PteDecoder.kindOf(0xC08B_E52E_2004L << 16 | 0x410, NEW)).isEqualTo(PteKind.UNKNOWN);
  }

  @Test
  void controlAreasAreFileBackedOnlyWhereTheBuildHasThem() {
    long controlArea = 0xFFFF_C08B_E52E_2080L;
    PteLayout windows11 = NEW.forBuild(22621);
    assertThat(PteDecoder.kindOfPrototype(controlArea, windows11)).isEqualTo(PteKind.FILE_BACKED);
    assertThat(PteDecoder.kindOfPrototype(controlArea | 0x400, windows11))
        .isEqualTo(PteKind.FILE_BACKED);
    assertThat(PteDecoder.kindOf(controlArea & ~0xC00L, windows11)).isEqualTo(PteKind.FILE_BACKED);
    assertThat(PteDecoder.kindOfPrototype(controlArea, NEW.forBuild(22000)))
        .isNotEqualTo(PteKind.FILE_BACKED);
  }

  @Test
  void prototypeIsAskedBeforeTransitionBecauseOldProtectionLiesThere() {
    long entry = 0xFFFF_A000_1234_5678L << 16 | 0x400 | 0x800;
    assertThat(PteDecoder.kindOf(entry, OLD)).isEqualTo(PteKind.PROTOTYPE);
    assertThat(PteDecoder.protection(entry, OLD)).isEqualTo(1);
  }

  @Test
  void splitAddressesOf32BitKernelsArePutTogether() {
    PteLayout x86 = PteLayout.x86();
    for (int i = 0; i < 10_000; i++) {
      long address = 0x8000_0000L | (random.nextInt() & 0x7FFF_FFFCL);
      long entry = (address & 0x7FFF_FC00L) << 1 | (address & 0x3FC) >> 1 | 0x400;
      assertThat(PteDecoder.kindOf(entry, x86))
          .isEqualTo(
              (entry & 0xFFFF_F000L) == 0xFFFF_F000L ? PteKind.VAD_LOOKUP : PteKind.PROTOTYPE);
      assertThat(PteDecoder.prototypeAddress(entry, x86)).isEqualTo(address);
      long subsection = 0x8000_0000L | (random.nextInt() & 0x7FFF_FFF8L);
      long inArray = (subsection & 0xFFFF_F000L) >> 1 | (subsection & 0xFF8) >> 2 | 0x400;
      assertThat(PteDecoder.kindOfPrototype(inArray, x86)).isEqualTo(PteKind.SUBSECTION);
      assertThat(PteDecoder.subsectionAddress(inArray, x86)).isEqualTo(subsection);
    }
    assertThat(PteDecoder.pageFileNumber(0x1234_5084, x86)).isEqualTo(2);
    assertThat(PteDecoder.pageFileOffset(0x1234_5084, x86)).isEqualTo(0x12345);
  }

  @Test
  void anyBitsHaveAMeaningInEveryLayout() {
    PteLayout[] layouts = {
      NEW,
      OLD,
      PteLayout.pae(1L << 37),
      PteLayout.paeBeforeSwizzle(),
      PteLayout.x86(),
      NEW.forBuild(26100),
      PteLayout.x64(-1L)
    };
    for (int i = 0; i < 100_000; i++) {
      long sparse = random.nextLong();
      long entry = sparse & random.nextLong();
      for (PteLayout layout : layouts) {
        PteKind kind = PteDecoder.kindOf(entry, layout);
        assertThat(kind == PteKind.HARDWARE).isEqualTo((entry & 1) == 1);
        assertThat(PteDecoder.kindOfPrototype(entry, layout))
            .isNotIn(PteKind.PROTOTYPE, PteKind.UNKNOWN);
      }
    }
  }

  private long protection() {
    return PROTECTIONS[random.nextInt(PROTECTIONS.length)];
  }

  private long noise(long where) {
    return random.nextLong() & where;
  }
}
