package io.memlake.engine.objects.handle;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.object.ExecutiveObject;
import io.memlake.engine.objects.object.ObjectReader;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.process.EprocessLayout;
import io.memlake.engine.objects.text.UnicodeString;
import io.memlake.engine.objects.thread.Ethread;
import io.memlake.engine.objects.thread.EthreadLayout;
import io.memlake.engine.objects.token.Token;
import io.memlake.engine.objects.token.TokenReader;
import io.memlake.engine.objects.vad.SectionReader;
import io.memlake.engine.objects.vad.VadSection;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.engine.symbols.StructType;
import io.memlake.engine.symbols.SymbolTable;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads what objects of each type say of themselves. A type whose structures the symbols lack is
 * told by its header alone. One instance for a machine.
 */
public final class ObjectDescriber {
  private static final int SIGNAL_STATE = 4;
  private static final long FLAGS_OF_CONTROL_AREA = 3;

  private final Machine machine;
  private final AddressSpace space;
  private final ObjectPaths paths;
  private final EprocessLayout eprocess;
  private final Optional<EthreadLayout> ethread;
  private final Optional<FileNames> files;
  private final Optional<KeyNames> keys;
  private final Optional<SectionReader> sections;
  private final Optional<TokenReader> tokens;
  private final int linkTarget;
  private final int sectionField;
  private final int segmentControlArea;

  private ObjectDescriber(Machine machine, ObjectReader objects, EprocessLayout eprocess) {
    SymbolTable symbols = machine.symbols();
    this.machine = machine;
    this.space = machine.kernelSpace();
    this.paths = new ObjectPaths(objects);
    this.eprocess = eprocess;
    this.ethread = known(() -> EthreadLayout.resolve(symbols));
    this.files = known(() -> new FileNames(symbols, space, objects, paths));
    this.keys = known(() -> KeyNames.of(symbols, space));
    this.sections = known(() -> SectionReader.of(symbols));
    this.tokens = known(() -> TokenReader.of(machine));
    this.linkTarget = offset(symbols, "_OBJECT_SYMBOLIC_LINK", "LinkTarget");
    int direct = offset(symbols, "_SECTION", "u1.ControlArea");
    if (direct >= 0) {
      this.sectionField = direct;
      this.segmentControlArea = -1;
    } else {
      int segment = offset(symbols, "_SECTION_OBJECT", "Segment");
      this.sectionField = segment >= 0 ? segment : offset(symbols, "_SECTION", "Segment");
      this.segmentControlArea = Math.max(0, offset(symbols, "_SEGMENT", "ControlArea"));
    }
  }

  /** A describer for {@code machine}. */
  public static ObjectDescriber of(Machine machine, ObjectReader objects, EprocessLayout eprocess) {
    return new ObjectDescriber(machine, objects, eprocess);
  }

  private static <T> Optional<T> known(Supplier<T> reader) {
    try {
      return Optional.of(reader.get());
    } catch (MissingSymbolException e) {
      return Optional.empty();
    }
  }

  private static int offset(SymbolTable symbols, String struct, String field) {
    Optional<StructType> type = symbols.findStruct(struct);
    return type.flatMap(found -> found.find(field)).map(FieldType::offset).orElse(-1);
  }

  /** What an object says of itself. */
  public ObjectFacts describe(ExecutiveObject object) throws IOException {
    long body = object.body();
    return switch (object.type().orElse("")) {
      case "File" -> files.isPresent() ? files.get().of(body) : byHeader(object);
      case "Key" -> key(object);
      case "Process" -> process(object);
      case "Thread" -> thread(object);
      case "Token" -> byHeader(object).withDetail(token(body));
      case "Section" -> byHeader(object).withDetail(section(body));
      case "SymbolicLink" -> byHeader(object).withDetail(text(body, linkTarget));
      case "Event", "Semaphore", "Mutant", "Timer" ->
          byHeader(object).withDetail(signalState(body));
      default -> byHeader(object);
    };
  }

  private ObjectFacts byHeader(ExecutiveObject object) throws IOException {
    return ObjectFacts.named(object.name(), paths.of(object), Optional.empty());
  }

  private ObjectFacts key(ExecutiveObject object) throws IOException {
    if (keys.isEmpty()) {
      return byHeader(object);
    }
    Optional<String> path = keys.get().path(object.body());
    return ObjectFacts.named(path, Optional.empty(), Optional.empty()).complete(path.isPresent());
  }

  private ObjectFacts process(ExecutiveObject object) throws IOException {
    Optional<Eprocess> process = Eprocess.read(machine, eprocess, object.body());
    if (process.isEmpty()) {
      return byHeader(object).complete(false);
    }
    int pid = (int) process.get().uniqueProcessId();
    return new ObjectFacts(
        Optional.of(process.get().imageFileName() + " Pid " + pid),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        pid,
        -1,
        Optional.of(process.get().imageFileName()),
        object.body(),
        true);
  }

  private ObjectFacts thread(ExecutiveObject object) throws IOException {
    Optional<Ethread> thread =
        ethread.isEmpty() ? Optional.empty() : Ethread.read(machine, ethread.get(), object.body());
    if (thread.isEmpty()) {
      return byHeader(object).complete(false);
    }
    int pid = (int) thread.get().uniqueProcess();
    int tid = (int) thread.get().uniqueThread();
    return new ObjectFacts(
        Optional.of("Tid " + tid + " Pid " + pid),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        pid,
        tid,
        Optional.empty(),
        thread.get().process(),
        true);
  }

  private Optional<String> token(long body) throws IOException {
    Optional<Token> token = tokens.isEmpty() ? Optional.empty() : tokens.get().read(body);
    return token.flatMap(Token::userSid).map(sid -> token.get().kind() + " of " + sid);
  }

  private Optional<String> section(long body) throws IOException {
    if (sectionField < 0 || sections.isEmpty()) {
      return Optional.empty();
    }
    long at = pointer(body + sectionField) & ~FLAGS_OF_CONTROL_AREA;
    long area = segmentControlArea < 0 || at == 0 ? at : pointer(at + segmentControlArea);
    if (!space.isKernel(area)) {
      return Optional.empty();
    }
    Optional<VadSection> section = sections.get().controlArea(space, area);
    return section.map(VadSection::fileName).filter(name -> !name.isEmpty());
  }

  private Optional<String> text(long body, int offset) throws IOException {
    if (offset < 0) {
      return Optional.empty();
    }
    int width = space.pointerSize();
    Optional<byte[]> header = space.map(body + offset, UnicodeString.size(width));
    return header.isEmpty()
        ? Optional.empty()
        : UnicodeString.in(header.get(), 0, width).read(space).filter(text -> !text.isEmpty());
  }

  /** Dispatcher objects keep their state behind type and size, in all versions. */
  private Optional<String> signalState(long body) throws IOException {
    byte[] state = new byte[Integer.BYTES];
    if (!space.read(body + SIGNAL_STATE, state, 0, state.length)) {
      return Optional.empty();
    }
    return Optional.of(LittleEndian.i32(state, 0) > 0 ? "signaled" : "not signaled");
  }

  private long pointer(long at) throws IOException {
    byte[] bytes = new byte[space.pointerSize()];
    if (!space.isKernel(at) || !space.read(at, bytes, 0, bytes.length)) {
      return 0;
    }
    long address = space.pointer(bytes, 0);
    return space.isKernel(address) ? address : 0;
  }
}
