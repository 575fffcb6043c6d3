package io.memlake.engine.kernel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.memlake.engine.bytes.FileByteSource;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.image.SampleData;
import io.memlake.engine.symbols.PdbId;
import io.memlake.engine.symbols.SymbolStore;
import io.memlake.engine.symbols.SymbolTable;
import io.memlake.engine.symbols.isf.IsfReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.tukaani.xz.XZInputStream;

/** The real images beside the project and their symbols, read once for all tests. */
public final class SampleMachines {
  /** 19041.804, the kernel of the sample image, and neighbours that must not be taken for it. */
  private static final List<String> WINDOWS_10_KERNELS =
      List.of(
          "BBED7C2955FBE4522AAA23F4B8677AD9-1",
          "5278AFF86C341677D7D7835C85B7B844-1",
          "992A9A48F30EC2C58B01A5934DCE2D9C-1");

  private static final Map<String, SymbolTable> TABLES = new ConcurrentHashMap<>();

  private SampleMachines() {}

  /** Pages of a real Windows 10 19041.804 in a RAW container. */
  public static ImageIndex windows10Raw() throws IOException {
    return index(SampleData.file("images/w10-19041.804.raw"));
  }

  /** The same pages in a full crash dump. */
  public static ImageIndex windows10Dump() throws IOException {
    return index(SampleData.file("images/w10-19041.804.full.dmp"));
  }

  /** 512 MiB of a booted ReactOS, unpacked below {@code target}. */
  public static ImageIndex reactos() throws IOException {
    Path packed = SampleData.file("images/reactos-amd64.raw.xz");
    Path raw = Path.of("target/samples/reactos-amd64.raw");
    if (!Files.exists(raw)) {
      Files.createDirectories(raw.getParent());
      Path part = Path.of("target/samples/reactos-amd64.raw.part");
      try (InputStream in = new XZInputStream(Files.newInputStream(packed));
          OutputStream out = Files.newOutputStream(part)) {
        in.transferTo(out);
      }
      Files.move(part, raw, StandardCopyOption.ATOMIC_MOVE);
    }
    return index(raw);
  }

  /** What the user would say with {@code --symbols} for the Windows 10 image. */
  public static SymbolStore windows10Symbols() {
    return new FileStore(WINDOWS_10_KERNELS, null);
  }

  /** What the user would say with {@code --isf} for ReactOS. */
  public static SymbolStore reactosSymbols() throws IOException {
    Path isf = SampleData.file("images/reactos-amd64.isf.json.xz");
    return new FileStore(List.of(), read(isf));
  }

  private static ImageIndex index(Path file) throws IOException {
    return ImageFormats.standard().index(file.toString(), new LocalEvidence());
  }

  private static SymbolTable read(Path file) throws IOException {
    SymbolTable known = TABLES.get(file.toString());
    if (known == null) {
      try (FileByteSource source = FileByteSource.open(file)) {
        known = IsfReader.read(source);
      }
      TABLES.put(file.toString(), known);
    }
    return known;
  }

  private record FileStore(List<String> keys, SymbolTable named) implements SymbolStore {
    @Override
    public Optional<SymbolTable> forced() {
      return Optional.ofNullable(named);
    }

    @Override
    public Optional<SymbolTable> find(PdbId pdb) throws IOException {
      if (!keys.contains(pdb.key())) {
        return Optional.empty();
      }
      Path file = SampleData.file("isf/windows/ntkrnlmp.pdb/" + pdb.key() + ".json.xz");
      assumeTrue(Files.exists(file), "Skipped: no symbols " + file);
      return Optional.of(read(file));
    }

    @Override
    public List<PdbId> kernels() {
      return keys.stream().map(key -> new PdbId("ntkrnlmp.pdb", key.substring(0, 32), 1)).toList();
    }
  }
}
