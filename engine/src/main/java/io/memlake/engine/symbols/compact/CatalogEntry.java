package io.memlake.engine.symbols.compact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.memlake.engine.symbols.CorruptSymbolsException;
import io.memlake.engine.symbols.KernelVersion;
import io.memlake.engine.symbols.KnownKernel;
import io.memlake.engine.symbols.PdbId;
import java.util.HexFormat;

/**
 * What a compiled table says of one binary.
 *
 * @param known identity, version and fingerprint
 * @param pointerSize bytes of a pointer
 * @param set which set of layouts it has
 * @param group which line of builds holds its symbols, counted from 0
 * @param member which binary of that line it is
 */
record CatalogEntry(KnownKernel known, int pointerSize, int set, int group, int member) {
  private static final int MAX_NAME_BYTES = 260;
  private static final int GUID_BYTES = 16;
  private static final int MAX_VERSION_PART = 0xFFFF;

  void write(CompactOutput out) {
    byte[] name = known.pdb().name().getBytes(ISO_8859_1);
    out.number(name.length);
    out.bytes(name);
    out.bytes(HexFormat.of().parseHex(known.pdb().guid()));
    out.number(known.pdb().age());
    out.number(known.version().major());
    out.number(known.version().minor());
    out.number(known.version().build());
    out.number(known.version().revision());
    out.signed(known.fingerprint().loadedModuleList());
    out.signed(known.fingerprint().debuggerDataBlock());
    out.number(pointerSize);
    out.number(set);
    out.number(group);
    out.number(member);
  }

  static CatalogEntry read(CompactInput in, int groups) throws CorruptSymbolsException {
    String name = new String(in.bytes(in.count(MAX_NAME_BYTES)), ISO_8859_1);
    String guid = HexFormat.of().formatHex(in.bytes(GUID_BYTES));
    PdbId pdb = new PdbId(name, guid, in.count(Integer.MAX_VALUE));
    KernelVersion version =
        new KernelVersion(
            in.count(MAX_VERSION_PART),
            in.count(MAX_VERSION_PART),
            in.count(MAX_VERSION_PART),
            in.count(MAX_VERSION_PART));
    KnownKernel.Fingerprint fingerprint = new KnownKernel.Fingerprint(in.signed(), in.signed());
    int pointerSize = in.count(Long.BYTES);
    if (pointerSize != Integer.BYTES && pointerSize != Long.BYTES) {
      throw in.corrupt("a pointer of " + pointerSize + " bytes");
    }
    return new CatalogEntry(
        new KnownKernel(pdb, version, fingerprint),
        pointerSize,
        in.count(Integer.MAX_VALUE),
        in.count(groups - 1),
        in.count(Integer.MAX_VALUE));
  }
}
