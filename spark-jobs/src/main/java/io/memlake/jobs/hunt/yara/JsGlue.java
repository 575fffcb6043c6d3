package io.memlake.jobs.hunt.yara;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.ValType;
import io.memlake.jobs.hunt.yara.JsValues.Bytes;
import io.memlake.jobs.hunt.yara.JsValues.Function;
import io.memlake.jobs.hunt.yara.JsValues.Thrown;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the module imports from JavaScript. The names and what they do are those of the glue that
 * wasm-bindgen wrote for it; the hashes in the names are left out where the rest is enough.
 */
final class JsGlue {
  /** Export that holds the references of the module. */
  static final String REFERENCES = "__wbindgen_externrefs";

  private static final String INVOKE = "wasm_bindgen_";
  private static final int CLOSURE_ARGUMENTS = 4;
  private static final int NOT_A_BOOLEAN = 0xFFFFFF;

  private final JsValues values = new JsValues();
  private final SubModules modules = new SubModules(values);
  private final Map<String, java.util.function.Function<long[], Object>> functions =
      new HashMap<>();
  private final int firstConstant;
  private Instance main;
  private String invoke;

  /**
   * Makes the glue for one instance.
   *
   * @param declaredReferences size that the module declares of its table of references; its code
   *     expects the constants of JavaScript behind that
   */
  JsGlue(int declaredReferences) {
    firstConstant = declaredReferences;
    objects();
    types();
    webAssembly();
    texts();
  }

  JsValues values() {
    return values;
  }

  /** All that {@code module} imports; a function that is not known fails when it is called. */
  ImportValues imports(WasmModule module) {
    ImportValues.Builder builder = ImportValues.builder();
    for (int i = 0; i < module.importSection().importCount(); i++) {
      FunctionImport wanted = (FunctionImport) module.importSection().getImport(i);
      FunctionType type = module.typeSection().getType(wanted.typeIndex());
      String name = wanted.name().replaceFirst("^__wbg_(?!_wbg)", "");
      builder.addFunction(
          new HostFunction(
              wanted.module(),
              wanted.name(),
              type,
              (instance, arguments) -> call(name, type, arguments)));
    }
    return builder.build();
  }

  /** Takes over the instance that was made with {@link #imports}. */
  void attach(Instance instance, WasmModule module) {
    main = instance;
    for (int i = 0; i < module.exportSection().exportCount(); i++) {
      String name = module.exportSection().getExport(i).name();
      if (name.startsWith(INVOKE)) {
        invoke = name;
      }
    }
  }

  TableInstance references() {
    return main.exports().table(REFERENCES);
  }

  private long[] call(String name, FunctionType type, long[] arguments) {
    java.util.function.Function<long[], Object> function = functions.get(name);
    if (function == null) {
      function = functions.get(name.replaceFirst("_[0-9a-f]{16}$", ""));
    }
    if (function == null) {
      throw new Thrown("the module wants " + name + " of JavaScript, which is not there");
    }
    Object result;
    try {
      result = function.apply(arguments);
    } catch (Thrown e) {
      if (name.startsWith("__wbindgen_throw")) {
        throw e;
      }
      int slot = (int) main.export("__externref_table_alloc_command_export").apply()[0];
      references().setRef(slot, (int) values.reference(e), main);
      main.export("__wbindgen_exn_store_command_export").apply(slot);
      result = JsValues.UNDEFINED;
    }
    if (type.returns().isEmpty()) {
      return null;
    }
    ValType wanted = type.returns().get(0);
    Object shown = result instanceof Integer number ? (Object) (double) number : result;
    return new long[] {
      wanted.equals(ValType.I32) || wanted.equals(ValType.F64)
          ? JsTypes.toWasm(wanted, shown, values)
          : values.reference(shown)
    };
  }

  private void objects() {
    put("new_2e117a478906f062", a -> new LinkedHashMap<String, Object>());
    put("new_36e147a8ced3c6e0", a -> new ArrayList<Object>());
    put("get_unchecked", a -> JsValues.property(at(a, 0), (double) (int) a[1]));
    put("get_197a3fe98f169e38", a -> JsValues.property(at(a, 0), (double) (int) a[1]));
    put("get_9a29be2cb383ed9a", a -> JsValues.property(at(a, 0), at(a, 1)));
    put("get_dddb90ff5d27a080", a -> JsValues.property(at(a, 0), at(a, 1)));
    put("set_6be42768c690e380", a -> map(a).put(JsValues.name(at(a, 1)), at(a, 2)));
    put(
        "set_4564f7dc44fcb0c9",
        a -> {
          map(a).put(JsValues.name(at(a, 1)), at(a, 2));
          return 1;
        });
    put(
        "set_dc601f4a69da0bc2",
        a -> {
          List<Object> list = list(a);
          while (list.size() <= (int) a[1]) {
            list.add(JsValues.UNDEFINED);
          }
          return list.set((int) a[1], at(a, 2));
        });
    put(
        "push",
        a -> {
          list(a).add(at(a, 1));
          return list(a).size();
        });
    put("length_c6054974c0a6cdb9", this::length);
    put("length_589238bdcf171f0e", this::length);
    put(
        "entries",
        a -> {
          List<Object> entries = new ArrayList<>();
          map(a).forEach((k, v) -> entries.add(new ArrayList<>(List.of(k, v))));
          return entries;
        });
    put("iterator", a -> JsValues.ITERATOR);
    put("next_402fa10b59ab20c3", a -> JsValues.UNDEFINED);
    put("next_0c4066e251d2eff9", a -> step((Iterator<?>) at(a, 0)));
    put("done", a -> Boolean.TRUE.equals(JsValues.property(at(a, 0), "done")) ? 1 : 0);
    put("value_49f783bb59765962", a -> JsValues.property(at(a, 0), "value"));
    put("call_5575218572ead796", a -> ((Function) at(a, 0)).call(at(a, 2)));
    put("call_8e98ed2f3c86c4b5", a -> ((Function) at(a, 0)).call());
    put("__wbindgen_in", a -> flag(JsValues.property(at(a, 1), at(a, 0)) != JsValues.UNDEFINED));
  }

  private void types() {
    put("isArray", a -> flag(at(a, 0) instanceof List));
    put("instanceof_Map", a -> 0);
    put("instanceof_ArrayBuffer", a -> flag(at(a, 0) instanceof Memory));
    put("instanceof_Uint8Array", a -> flag(at(a, 0) instanceof Bytes));
    put("__wbindgen_is_function", a -> flag(at(a, 0) instanceof Function));
    put("__wbindgen_is_undefined", a -> flag(at(a, 0) == JsValues.UNDEFINED));
    put("__wbindgen_is_bigint", a -> flag(at(a, 0) instanceof Long));
    put(
        "__wbindgen_is_object",
        a ->
            flag(
                at(a, 0) instanceof Map
                    || at(a, 0) instanceof List
                    || at(a, 0) instanceof Bytes
                    || at(a, 0) instanceof Iterator));
    put("isSafeInteger", a -> flag(at(a, 0) instanceof Double d && d == Math.rint(d)));
    put("__wbindgen_jsval_eq", a -> flag(Objects.equals(at(a, 0), at(a, 1))));
    put(
        "__wbindgen_jsval_loose_eq",
        a ->
            flag(
                Objects.equals(at(a, 0), at(a, 1))
                    || (JsValues.isNone(at(a, 0)) && JsValues.isNone(at(a, 1)))));
    put(
        "__wbindgen_boolean_get",
        a -> at(a, 0) instanceof Boolean value ? flag(value) : NOT_A_BOOLEAN);
    put(
        "__wbindgen_number_get",
        a -> {
          boolean is = at(a, 1) instanceof Double;
          memory().writeF64((int) a[0] + 8, is ? (Double) at(a, 1) : 0);
          memory().writeI32((int) a[0], flag(is));
          return null;
        });
    put(
        "__wbindgen_bigint_get_as_i64",
        a -> {
          boolean is = at(a, 1) instanceof Long;
          memory().writeLong((int) a[0] + 8, is ? (Long) at(a, 1) : 0L);
          memory().writeI32((int) a[0], flag(is));
          return null;
        });
    put("__wbindgen_cast_0000000000000002", a -> Double.longBitsToDouble(a[0]));
    put("__wbindgen_cast_0000000000000003", a -> a[0]);
    put("__wbindgen_cast_0000000000000005", a -> a[0]);
  }

  private void webAssembly() {
    put("new_6af024326b90efb7", a -> modules.module(((Bytes) at(a, 0)).copy()));
    put("new_f749bf2c00f4e889", a -> modules.instance((WasmModule) at(a, 0), at(a, 1)));
    put("exports", a -> JsValues.property(at(a, 0), "exports"));
    put("new_9317ec2f3d86d4ea", a -> newMemory(at(a, 0)));
    put("new_669dbd912b3ac42f", a -> newGlobal(at(a, 0), at(a, 1)));
    put(
        "value_f9ab611b95e6a4df",
        a -> {
          GlobalInstance global = (GlobalInstance) at(a, 0);
          return JsTypes.toJs(global.getType(), global.getValue(), values);
        });
    put(
        "set_value",
        a -> {
          GlobalInstance global = (GlobalInstance) at(a, 0);
          global.setValue(JsTypes.toWasm(global.getType(), at(a, 1), values));
          return null;
        });
    put("buffer", a -> at(a, 0));
    put(
        "new_81880fb5002cb255",
        a -> at(a, 0) instanceof Memory memory ? new Bytes(null, memory) : at(a, 0));
    put("new_from_slice", a -> new Bytes(bytes(a[0], a[1]), null));
    put(
        "set_0bf1fca872bc6d18",
        a -> {
          ((Bytes) at(a, 0)).set(bytes(a[1], a[2]));
          return null;
        });
    put(
        "prototypesetcall",
        a -> {
          memory().write((int) a[0], ((Bytes) at(a, 2)).copy());
          return null;
        });
    put("__wbindgen_cast_0000000000000001", a -> closure((int) a[0], (int) a[1]));
    put("_wbg_cb_unref", a -> null);
    put("__wbg__wbg_cb_unref", a -> null);
    put("__wbindgen_init_externref_table", a -> initTable());
    for (String scope : List.of("GLOBAL_THIS", "SELF", "GLOBAL", "WINDOW")) {
      put("static_accessor_" + scope, a -> 0);
    }
    put("now", a -> (double) System.currentTimeMillis());
  }

  private void texts() {
    put("__wbindgen_cast_0000000000000004", a -> text(a[0], a[1]));
    put("new_e66a4b7758dd2e5c", a -> new Thrown(text(a[0], a[1])));
    put("Error", a -> new Thrown(text(a[0], a[1])));
    put(
        "__wbindgen_throw",
        a -> {
          throw new Thrown(text(a[0], a[1]));
        });
    put("toString", a -> Long.toString(((Number) at(a, 0)).longValue(), (int) a[1]));
    put("String", a -> give(a[0], JsValues.name(at(a, 1))));
    put("__wbindgen_debug_string", a -> give(a[0], String.valueOf(at(a, 1))));
    put(
        "__wbindgen_string_get",
        a -> at(a, 1) instanceof String text ? give(a[0], text) : giveNothing(a[0]));
  }

  private Object newMemory(Object descriptor) {
    int initial = ((Number) JsValues.property(descriptor, "initial")).intValue();
    Object maximum = JsValues.property(descriptor, "maximum");
    return new ByteArrayMemory(
        maximum instanceof Number most
            ? new MemoryLimits(initial, most.intValue())
            : new MemoryLimits(initial));
  }

  private Object newGlobal(Object descriptor, Object value) {
    ValType type = JsTypes.byName(JsValues.property(descriptor, "value"));
    boolean mutable = Boolean.TRUE.equals(JsValues.property(descriptor, "mutable"));
    return new GlobalInstance(
        JsTypes.toWasm(type, value, values),
        0,
        type,
        mutable ? MutabilityType.Var : MutabilityType.Const);
  }

  /** A closure of the module as a function. It lives as long as the engine. */
  private Function closure(int first, int second) {
    ExportFunction call = main.export(invoke);
    return arguments -> {
      long[] bits = new long[2 + CLOSURE_ARGUMENTS];
      bits[0] = first;
      bits[1] = second;
      for (int i = 0; i < CLOSURE_ARGUMENTS; i++) {
        bits[2 + i] = values.reference(i < arguments.length ? arguments[i] : JsValues.UNDEFINED);
      }
      return values.value(call.apply(bits)[0]);
    };
  }

  private Object initTable() {
    TableInstance table = references();
    int undefined = (int) values.reference(JsValues.UNDEFINED);
    table.grow(4, undefined, main);
    int first = firstConstant;
    table.setRef(0, undefined, main);
    table.setRef(first, undefined, main);
    table.setRef(first + 1, (int) values.reference(JsValues.NULL), main);
    table.setRef(first + 2, (int) values.reference(true), main);
    table.setRef(first + 3, (int) values.reference(false), main);
    return null;
  }

  private static Object step(Iterator<?> iterator) {
    Map<String, Object> step = new LinkedHashMap<>();
    boolean more = iterator.hasNext();
    step.put("done", !more);
    step.put("value", more ? iterator.next() : JsValues.UNDEFINED);
    return step;
  }

  private Object length(long[] arguments) {
    Object value = at(arguments, 0);
    return value instanceof Bytes bytes ? bytes.length() : ((List<?>) value).size();
  }

  private Object give(long target, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int place = (int) main.export("__wbindgen_malloc_command_export").apply(utf8.length, 1)[0];
    memory().write(place, utf8);
    memory().writeI32((int) target + 4, utf8.length);
    memory().writeI32((int) target, place);
    return null;
  }

  private Object giveNothing(long target) {
    memory().writeI32((int) target, 0);
    memory().writeI32((int) target + 4, 0);
    return null;
  }

  private void put(String name, java.util.function.Function<long[], Object> function) {
    functions.put(name, function);
  }

  private Object at(long[] arguments, int index) {
    return values.value(arguments[index]);
  }

  @SuppressWarnings("unchecked") // the glue makes maps with text keys only
  private Map<String, Object> map(long[] arguments) {
    return (Map<String, Object>) at(arguments, 0);
  }

  @SuppressWarnings("unchecked") // the glue makes lists of anything
  private List<Object> list(long[] arguments) {
    return (List<Object>) at(arguments, 0);
  }

  private Memory memory() {
    return main.memory();
  }

  private byte[] bytes(long pointer, long length) {
    return memory().readBytes((int) pointer, (int) length);
  }

  private String text(long pointer, long length) {
    return new String(bytes(pointer, length), StandardCharsets.UTF_8);
  }

  private static int flag(boolean value) {
    return value ? 1 : 0;
  }
}
