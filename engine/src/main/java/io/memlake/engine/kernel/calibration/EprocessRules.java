package io.memlake.engine.kernel.calibration;

import io.memlake.engine.symbols.SymbolTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the fields of {@code _EPROCESS} must hold. The order matters: later rules use what earlier
 * ones found.
 */
final class EprocessRules {
  /** Members that later rules rest on. */
  static final String PEB = "Peb";

  static final String THREAD_LIST_HEAD = "ThreadListHead";

  /** 1 January 2000 as FILETIME. */
  private static final long EARLIEST = 125_911_584_000_000_000L;

  /** 1 January 2100 as FILETIME. */
  private static final long LATEST = 157_466_592_000_000_000L;

  private static final long DAY = 864_000_000_000L;
  private static final long STATUS_PENDING = 0x103;
  private static final long HIGHEST_PID = 1L << 26;
  private static final long FAST_REFERENCE = 0xF;
  private static final int VAD_PARENT = 0x10;
  private static final int FIRST_BUILD_WITH_PLAIN_ROOT = 9600;

  private final ProcessFacts facts;
  private final SymbolTable prior;
  private final long now;
  private final int build;

  /**
   * Rules of one machine.
   *
   * @param now time of its clock as FILETIME; 0 when it is not known
   */
  EprocessRules(ProcessFacts facts, SymbolTable prior, long now, int build) {
    this.facts = facts;
    this.prior = prior;
    this.now = now;
    this.build = build;
  }

  /**
   * All rules.
   *
   * @param processes how many processes are asked: small numbers prove little one by one
   */
  List<FieldRule> all(int processes) {
    int many = Math.max(2, processes / 3);
    List<FieldRule> rules = new ArrayList<>();
    rules.add(new FieldRule(PEB, 8, 1, this::peb));
    rules.add(new FieldRule("SectionBaseAddress", 8, 1, this::sectionBase));
    rules.add(new FieldRule(THREAD_LIST_HEAD, 16, 1, this::threadList));
    rules.add(new FieldRule("ActiveThreads", 4, many, this::activeThreads));
    rules.add(new FieldRule("InheritedFromUniqueProcessId", 8, 1, this::parent));
    rules.add(new FieldRule("CreateTime", 8, 1, this::createTime));
    rules.add(new FieldRule("ExitTime", 8, 1, this::exitTime));
    rules.add(new FieldRule("ExitStatus", 4, many, this::exitStatus));
    rules.add(new FieldRule("ObjectTable", 8, 1, this::objectTable));
    rules.add(new FieldRule("SeAuditProcessCreationInfo", 8, 1, this::auditName));
    rules.add(new FieldRule("Token", 8, 1, this::token));
    if (build >= FIRST_BUILD_WITH_PLAIN_ROOT) {
      rules.add(new FieldRule("VadRoot", 8, 1, this::vadRoot));
    }
    return rules;
  }

  private Vote peb(ProcessSample sample, int offset) throws IOException {
    long value = sample.i64(offset);
    if (value == 0) {
      return Vote.FITS;
    }
    return sample.isSystem() ? Vote.CONTRADICTS : facts.peb(sample, value);
  }

  private Vote sectionBase(ProcessSample sample, int offset) {
    long base = facts.imageBase(sample);
    if (base == 0) {
      return Vote.FITS;
    }
    return sample.i64(offset) == base ? Vote.PROVES : Vote.CONTRADICTS;
  }

  private Vote threadList(ProcessSample sample, int offset) throws IOException {
    int length = facts.listLength(sample, offset);
    if (length < 0) {
      return length == -1 ? Vote.CONTRADICTS : Vote.FITS;
    }
    if (length == 0) {
      return Vote.FITS;
    }
    return ThreadNumbers.near(sample, sample.i64(offset)).isPresent()
        ? Vote.PROVES
        : Vote.CONTRADICTS;
  }

  private Vote activeThreads(ProcessSample sample, int offset) {
    int threads = facts.threads(sample);
    if (threads < 0) {
      return Vote.FITS;
    }
    long value = sample.u32(offset);
    if (value == threads) {
      return threads > 0 ? Vote.PROVES : Vote.FITS;
    }
    // Threads that have ended stay on the list until nobody refers to them.
    return value < threads && value >= threads - 1 - threads / 4 ? Vote.FITS : Vote.CONTRADICTS;
  }

  private Vote parent(ProcessSample sample, int offset) {
    long value = sample.i64(offset);
    if (sample.isSystem()) {
      return value == 0 ? Vote.FITS : Vote.CONTRADICTS;
    }
    if (value <= 0 || value > HIGHEST_PID || value % 4 != 0 || value == sample.pid()) {
      return Vote.CONTRADICTS;
    }
    return facts.isPid(value) ? Vote.PROVES : Vote.FITS;
  }

  private Vote createTime(ProcessSample sample, int offset) {
    if (sample.isSystem() && sample.i64(offset) == 0) {
      // It may be made before the clock runs.
      return Vote.FITS;
    }
    return isTime(sample.i64(offset)) ? Vote.PROVES : Vote.CONTRADICTS;
  }

  /** Programs without threads have ended; all others have not. */
  private Vote exitTime(ProcessSample sample, int offset) {
    long value = sample.i64(offset);
    if (!facts.threadsKnown() || facts.threads(sample) < 0) {
      return value == 0 || isTime(value) ? Vote.FITS : Vote.CONTRADICTS;
    }
    if (facts.threads(sample) > 0) {
      return value == 0 ? Vote.FITS : Vote.CONTRADICTS;
    }
    return isTime(value) ? Vote.PROVES : value == 0 ? Vote.FITS : Vote.CONTRADICTS;
  }

  private Vote exitStatus(ProcessSample sample, int offset) {
    if (facts.threads(sample) <= 0) {
      return Vote.FITS;
    }
    return sample.u32(offset) == STATUS_PENDING ? Vote.PROVES : Vote.CONTRADICTS;
  }

  private Vote objectTable(ProcessSample sample, int offset) throws IOException {
    long table = sample.i64(offset);
    if (table == 0) {
      return Vote.FITS;
    }
    if (!ProcessChain.isKernel(table)) {
      return Vote.CONTRADICTS;
    }
    Optional<Integer> owner =
        prior
            .findStruct("_HANDLE_TABLE")
            .flatMap(type -> type.find("UniqueProcessId"))
            .map(field -> field.offset());
    boolean named =
        owner.isPresent()
            ? facts.holds(table, owner.get(), sample.pid())
            : facts.hasTag(table, "Obtb");
    return named ? Vote.PROVES : Vote.CONTRADICTS;
  }

  private Vote auditName(ProcessSample sample, int offset) throws IOException {
    long value = sample.i64(offset);
    return value == 0 ? Vote.FITS : facts.devicePath(value);
  }

  private Vote token(ProcessSample sample, int offset) throws IOException {
    long value = sample.i64(offset) & ~FAST_REFERENCE;
    if (value == 0) {
      return Vote.FITS;
    }
    boolean tagged = ProcessChain.isKernel(value) && facts.hasObjectTag(value, "Tok");
    return tagged ? Vote.PROVES : Vote.CONTRADICTS;
  }

  private Vote vadRoot(ProcessSample sample, int offset) throws IOException {
    long value = sample.i64(offset);
    if (value == 0) {
      return Vote.FITS;
    }
    boolean root =
        ProcessChain.isKernel(value)
            && facts.hasTag(value, "Vad")
            && facts.isNull(value, VAD_PARENT);
    return root ? Vote.PROVES : Vote.CONTRADICTS;
  }

  private boolean isTime(long value) {
    return value >= EARLIEST && value <= (now == 0 ? LATEST : now + DAY);
  }
}
