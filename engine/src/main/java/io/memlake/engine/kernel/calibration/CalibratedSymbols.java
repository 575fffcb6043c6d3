package io.memlake.engine.kernel.calibration;

import io.memlake.engine.symbols.EnumType;
import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.PdbId;
import io.memlake.engine.symbols.StructType;
import io.memlake.engine.symbols.SymbolTable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * A first guess with what the image corrected: calibrated structures in place of guessed ones, and
 * the variables that were found. Everything else is the guess.
 */
public final class CalibratedSymbols implements SymbolTable {
  private final SymbolTable guess;
  private final Calibration calibration;
  private final PdbId pdb;
  private final Map<String, StructType> structs = new HashMap<>();

  /**
   * The symbols of one kernel.
   *
   * @param guess the layouts that {@link Calibration#prior} names
   * @param pdb identity of the kernel; null takes that of the guess
   */
  public CalibratedSymbols(SymbolTable guess, Calibration calibration, PdbId pdb) {
    this.guess = guess;
    this.calibration = calibration;
    this.pdb = pdb == null ? guess.pdb() : pdb;
    calibration.moved().forEach((name, members) -> structs.put(name, moved(name, members)));
  }

  /**
   * A structure with nothing but the members that are known, and as long as those need: the length
   * that the guess has may reach into a page that was never there.
   */
  private StructType moved(String name, Map<String, Integer> members) {
    StructType guessed = guess.struct(name);
    Map<String, FieldType> fields = new HashMap<>();
    int size = 0;
    for (Map.Entry<String, Integer> member : members.entrySet()) {
      FieldType field = guessed.field(member.getKey()).movedBy(member.getValue(), member.getKey());
      fields.put(member.getKey(), field);
      size = Math.max(size, field.offset() + field.size());
    }
    return new StructType(name, size, fields, this);
  }

  @Override
  public String source() {
    return "calibrated on the image from " + guess.source();
  }

  @Override
  public PdbId pdb() {
    return pdb;
  }

  @Override
  public int pointerSize() {
    return guess.pointerSize();
  }

  @Override
  public Optional<StructType> findStruct(String name) {
    String underscored = name.startsWith("_") ? name : "_" + name;
    if (calibration.dropped().contains(underscored)) {
      return Optional.empty();
    }
    StructType own = structs.get(underscored);
    return own == null ? guess.findStruct(name) : Optional.of(own);
  }

  @Override
  public Optional<EnumType> findEnum(String name) {
    return guess.findEnum(name);
  }

  @Override
  public OptionalLong findSymbol(String name) {
    Long rva = calibration.symbols().get(name);
    return rva == null ? OptionalLong.empty() : OptionalLong.of(rva);
  }

  @Override
  public boolean exact() {
    return false;
  }

  @Override
  public Set<String> structNames() {
    Set<String> names = new TreeSet<>(guess.structNames());
    names.removeAll(calibration.dropped());
    return names;
  }

  @Override
  public Set<String> enumNames() {
    return guess.enumNames();
  }

  @Override
  public Set<String> symbolNames() {
    return calibration.symbols().keySet();
  }
}
