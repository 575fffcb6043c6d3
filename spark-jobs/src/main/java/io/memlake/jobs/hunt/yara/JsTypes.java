package io.memlake.jobs.hunt.yara;

import com.dylibso.chicory.wasm.types.ValType;

/** Conversion of values at the border of WebAssembly, by the rules of its JavaScript interface. */
final class JsTypes {
  private JsTypes() {}

  static Object toJs(ValType type, long bits, JsValues values) {
    if (type.equals(ValType.I32)) {
      return (double) (int) bits;
    }
    if (type.equals(ValType.I64)) {
      return bits;
    }
    if (type.equals(ValType.F64)) {
      return Double.longBitsToDouble(bits);
    }
    if (type.equals(ValType.F32)) {
      return (double) Float.intBitsToFloat((int) bits);
    }
    return values.value(bits);
  }

  static long toWasm(ValType type, Object value, JsValues values) {
    if (type.equals(ValType.I32)) {
      return (long) number(value).doubleValue() & 0xFFFFFFFFL;
    }
    if (type.equals(ValType.I64)) {
      return number(value).longValue();
    }
    if (type.equals(ValType.F64)) {
      return Double.doubleToRawLongBits(number(value).doubleValue());
    }
    if (type.equals(ValType.F32)) {
      return Float.floatToRawIntBits(number(value).floatValue());
    }
    return values.reference(value);
  }

  /** The type that {@code WebAssembly.Global} calls by {@code name}. */
  static ValType byName(Object name) {
    return switch (String.valueOf(name)) {
      case "i32" -> ValType.I32;
      case "i64" -> ValType.I64;
      case "f64" -> ValType.F64;
      case "f32" -> ValType.F32;
      default -> throw new JsValues.Thrown("no global of type " + name);
    };
  }

  private static Number number(Object value) {
    if (value instanceof Number number) {
      return number;
    }
    return value instanceof Boolean flag && flag ? 1 : 0;
  }
}
