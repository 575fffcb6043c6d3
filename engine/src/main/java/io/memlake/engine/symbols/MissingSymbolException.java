package io.memlake.engine.symbols;

/** A layout needs a structure, member or symbol that this symbol source does not have. */
public final class MissingSymbolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Names the source and what is missing in it. */
  public MissingSymbolException(String source, String struct, String member) {
    super(source + " has no " + (member.isEmpty() ? struct : "member " + member + " in " + struct));
  }

  private MissingSymbolException(String message) {
    super(message);
  }

  /** The member exists, but not with the width that the layout reads. */
  static MissingSymbolException otherWidth(
      String source, String struct, String member, String wanted, String found) {
    return new MissingSymbolException(
        source
            + " has no member "
            + member
            + " of "
            + wanted
            + (wanted.equals("1") ? " byte in " : " bytes in ")
            + struct
            + ", but "
            + found);
  }
}
