package io.memlake.engine.symbols;

import java.io.Serializable;
import java.util.Locale;

/**
 * Identity of a build of a binary: what its RSDS debug record and its symbol file share.
 *
 * @param name file name of the PDB, for instance {@code ntkrnlmp.pdb}
 * @param guid 32 upper-case hex digits in the order debuggers print them
 * @param age how often the PDB was rewritten
 */
public record PdbId(String name, String guid, int age) implements Serializable {
  /** Spells the GUID in upper case. */
  public PdbId {
    guid = guid.toUpperCase(Locale.ROOT);
  }

  /** GUID and age as symbol sets name their files: {@code 5278AFF8…B844-1}. */
  public String key() {
    return guid + "-" + age;
  }
}
