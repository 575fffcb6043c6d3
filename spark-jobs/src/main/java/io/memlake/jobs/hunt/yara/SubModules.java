package io.memlake.jobs.hunt.yara;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportGlobal;
import com.dylibso.chicory.runtime.ImportMemory;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.GlobalImport;
import com.dylibso.chicory.wasm.types.Import;
import com.dylibso.chicory.wasm.types.MemoryImport;
import io.memlake.jobs.hunt.yara.JsValues.Function;
import io.memlake.jobs.hunt.yara.JsValues.Thrown;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The modules that the engine makes of the conditions of rules while it runs. Each scan makes
 * instances of one and the same module, which is compiled once.
 */
final class SubModules {
  private final JsValues values;
  private final Map<ByteBuffer, WasmModule> parsed = new HashMap<>();
  private final Map<WasmModule, java.util.function.Function<Instance, Machine>> machines =
      new HashMap<>();

  SubModules(JsValues values) {
    this.values = values;
  }

  WasmModule module(byte[] code) {
    return parsed.computeIfAbsent(ByteBuffer.wrap(code.clone()), key -> Parser.parse(code));
  }

  /** An instance as JavaScript sees it: an object with {@code exports}. */
  Map<String, Object> instance(WasmModule module, Object imports) {
    Instance instance =
        Instance.builder(module)
            .withImportValues(imports(module, imports))
            .withMachineFactory(machines.computeIfAbsent(module, SubModules::compile))
            .build();
    Map<String, Object> exports = new LinkedHashMap<>();
    for (int i = 0; i < module.exportSection().exportCount(); i++) {
      com.dylibso.chicory.wasm.types.Export export = module.exportSection().getExport(i);
      if (export.exportType() == ExternalType.FUNCTION) {
        exports.put(
            export.name(),
            function(instance.export(export.name()), instance.exportType(export.name())));
      } else if (export.exportType() == ExternalType.MEMORY) {
        exports.put(export.name(), instance.memory());
      }
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("exports", exports);
    return object;
  }

  private static java.util.function.Function<Instance, Machine> compile(WasmModule module) {
    return MachineFactoryCompiler.builder(module)
        .withInterpreterFallback(InterpreterFallback.SILENT)
        .compile();
  }

  private ImportValues imports(WasmModule module, Object imports) {
    ImportValues.Builder builder = ImportValues.builder();
    for (int i = 0; i < module.importSection().importCount(); i++) {
      Import wanted = module.importSection().getImport(i);
      Object given = JsValues.property(JsValues.property(imports, wanted.module()), wanted.name());
      if (wanted instanceof FunctionImport function && given instanceof Function called) {
        FunctionType type = module.typeSection().getType(function.typeIndex());
        builder.addFunction(
            new HostFunction(
                wanted.module(),
                wanted.name(),
                type,
                (instance, arguments) -> call(called, type, arguments)));
      } else if (wanted instanceof MemoryImport && given instanceof Memory memory) {
        builder.addMemory(new ImportMemory(wanted.module(), wanted.name(), memory));
      } else if (wanted instanceof GlobalImport type && given instanceof GlobalInstance global) {
        if (!type.type().equals(global.getType())
            || type.mutabilityType() != global.getMutabilityType()) {
          throw new Thrown(
              "global %s is %s %s and not %s %s"
                  .formatted(
                      wanted.name(),
                      global.getMutabilityType(),
                      global.getType(),
                      type.mutabilityType(),
                      type.type()));
        }
        builder.addGlobal(new ImportGlobal(wanted.module(), wanted.name(), global));
      } else {
        throw new Thrown("nothing to import as " + wanted.name());
      }
    }
    return builder.build();
  }

  private long[] call(Function function, FunctionType type, long[] arguments) {
    Object[] given = new Object[arguments.length];
    for (int i = 0; i < given.length; i++) {
      given[i] = JsTypes.toJs(type.params().get(i), arguments[i], values);
    }
    Object result = function.call(given);
    int count = type.returns().size();
    if (count == 0) {
      return null;
    }
    long[] bits = new long[count];
    for (int i = 0; i < count; i++) {
      Object one = count == 1 ? result : ((List<?>) result).get(i);
      bits[i] = JsTypes.toWasm(type.returns().get(i), one, values);
    }
    return bits;
  }

  private Function function(ExportFunction export, FunctionType type) {
    return arguments -> {
      long[] bits = new long[type.params().size()];
      for (int i = 0; i < bits.length; i++) {
        Object given = i < arguments.length ? arguments[i] : JsValues.UNDEFINED;
        bits[i] = JsTypes.toWasm(type.params().get(i), given, values);
      }
      long[] results = export.apply(bits);
      if (results == null || results.length == 0) {
        return JsValues.UNDEFINED;
      }
      List<Object> all = new ArrayList<>();
      for (int i = 0; i < results.length; i++) {
        all.add(JsTypes.toJs(type.returns().get(i), results[i], values));
      }
      return all.size() == 1 ? all.get(0) : all;
    };
  }
}
