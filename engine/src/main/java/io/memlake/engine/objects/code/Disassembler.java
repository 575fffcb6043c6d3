package io.memlake.engine.objects.code;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionImport;
import io.memlake.engine.bytes.LittleEndian;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells x86 instructions as text. The work is done by iced-x86, a WebAssembly module that runs
 * inside the JVM (decision 0031). One instance belongs to one thread.
 */
public final class Disassembler {
  /** Bytes that are looked at; more are cut. */
  public static final int MAXIMUM_BYTES = 256;

  private static final String RESOURCE = "iced-x86-1.21.0.wasm";

  /** {@code FormatterSyntax.Intel} of the module. */
  private static final int INTEL = 1;

  /** {@code DecoderError.NoMoreBytes} of the module. */
  private static final int NO_MORE_BYTES = 2;

  private static final String BAD = "(bad)";
  private static final int RESULT_BYTES = 16;

  private final Instance module;
  private final int formatter;
  private boolean broken;

  /** The code of the module, read when the first instructions are asked for. */
  private static final class Code {
    static final WasmModule MODULE = parse();

    private Code() {}

    private static WasmModule parse() {
      try (InputStream in = Disassembler.class.getResourceAsStream(RESOURCE)) {
        if (in == null) {
          throw new IllegalStateException("Missing resource " + RESOURCE);
        }
        return Parser.parse(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** One a thread: to make one takes longer than to use it. */
  private static final ThreadLocal<Disassembler> OF_THREAD = new ThreadLocal<>();

  /** The disassembler of this thread, made when it is first wanted. */
  public static Disassembler ofThread() {
    Disassembler known = OF_THREAD.get();
    if (known == null || known.broken) {
      known = new Disassembler();
      OF_THREAD.set(known);
    }
    return known;
  }

  private Disassembler() {
    module = Instance.builder(Code.MODULE).withImportValues(imports(Code.MODULE)).build();
    int result = reserve();
    call("formatter_new", result, INTEL);
    formatter = checked(result);
    release();
  }

  /** What the module wants of JavaScript is for errors and lists, none of which is asked for. */
  private static ImportValues imports(WasmModule wanted) {
    ImportValues.Builder builder = ImportValues.builder();
    for (int i = 0; i < wanted.importSection().importCount(); i++) {
      FunctionImport function = (FunctionImport) wanted.importSection().getImport(i);
      String name = function.name();
      builder.addFunction(
          new HostFunction(
              function.module(),
              name,
              wanted.typeSection().getType(function.typeIndex()),
              (instance, arguments) -> {
                throw new ChicoryException("the disassembler gave up in " + name);
              }));
    }
    return builder.build();
  }

  /**
   * The instructions at the start of some bytes. An instruction that the end cuts off is left out.
   *
   * @param code the bytes
   * @param address where they lie
   * @param bits 64 or 32
   * @param limit instructions that are wanted
   */
  public List<Instruction> instructions(byte[] code, long address, int bits, int limit) {
    List<Instruction> found = new ArrayList<>();
    if (broken || code.length == 0) {
      return found;
    }
    try {
      decode(code, address, bits, limit, found);
    } catch (ChicoryException e) {
      // What was told so far stands; a module that stopped in the middle is not asked again.
      broken = true;
    }
    return found;
  }

  private void decode(byte[] code, long address, int bits, int limit, List<Instruction> found) {
    int length = Math.min(code.length, MAXIMUM_BYTES);
    int place = (int) call("__wbindgen_malloc", length, 1)[0];
    memory().write(place, code, 0, length);
    int result = reserve();
    call("decoder_new", result, bits, place, length, 0);
    int decoder = checked(result);
    release();
    int at = 0;
    while (found.size() < limit && at < length) {
      place(decoder, at, address);
      int instruction = (int) call("decoder_decode", decoder)[0];
      int error = (int) call("decoder_lastError", decoder)[0];
      String text = error == 0 ? text(instruction) : BAD;
      call("__wbg_instruction_free", instruction);
      if (error == NO_MORE_BYTES) {
        break;
      }
      found.add(new Instruction(address + at, text));
      // What is no instruction takes one byte, as other disassemblers have it.
      at = error == 0 ? (int) call("decoder_position", decoder)[0] : at + 1;
    }
    call("__wbg_decoder_free", decoder);
  }

  private void place(int decoder, int at, long address) {
    int result = reserve();
    call("decoder_set_position", result, decoder, at);
    release();
    call("decoder_set_ip", decoder, address + at);
  }

  private String text(int instruction) {
    int result = reserve();
    call("formatter_format", result, formatter, instruction);
    byte[] pair = memory().readBytes(result, 2 * Integer.BYTES);
    int place = LittleEndian.i32(pair, 0);
    int length = LittleEndian.i32(pair, Integer.BYTES);
    release();
    String text = new String(memory().readBytes(place, length), StandardCharsets.UTF_8);
    call("__wbindgen_free", place, length, 1);
    return text;
  }

  /** Room on the module's stack for what a function gives back. */
  private int reserve() {
    return (int) call("__wbindgen_add_to_stack_pointer", -RESULT_BYTES)[0];
  }

  private void release() {
    call("__wbindgen_add_to_stack_pointer", RESULT_BYTES);
  }

  /** The object of a result whose third word says whether there is an error instead. */
  private int checked(int result) {
    byte[] words = memory().readBytes(result, 3 * Integer.BYTES);
    if (LittleEndian.i32(words, 2 * Integer.BYTES) != 0) {
      throw new ChicoryException("the disassembler refuses what it was asked for");
    }
    return LittleEndian.i32(words, 0);
  }

  private long[] call(String function, long... arguments) {
    return module.export(function).apply(arguments);
  }

  private Memory memory() {
    return module.memory();
  }
}
