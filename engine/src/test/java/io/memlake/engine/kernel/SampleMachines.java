package io.memlake.engine.kernel;

import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.image.SampleData;
import io.memlake.engine.symbols.store.LocalSymbolFiles;
import io.memlake.engine.symbols.store.SymbolSettings;
import io.memlake.engine.symbols.store.SymbolStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.tukaani.xz.XZInputStream;

/** The real images beside the project and their symbols, read once for all tests. */
public final class SampleMachines {
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

  /** The table inside the program. */
  public static SymbolStore embeddedSymbols() throws IOException {
    return open(new SymbolSettings(List.of(), ""));
  }

  /** What the user would say with {@code --isf} for ReactOS. */
  public static SymbolStore reactosSymbols() throws IOException {
    return forced(SampleData.file("images/reactos-amd64.isf.json.xz"));
  }

  /** A store whose symbols are to be used whatever the image says. */
  public static SymbolStore forced(Path isf) throws IOException {
    return open(new SymbolSettings(List.of(), isf.toString()));
  }

  private static SymbolStore open(SymbolSettings settings) throws IOException {
    return SymbolStore.open(settings, new LocalSymbolFiles());
  }

  private static ImageIndex index(Path file) throws IOException {
    return ImageFormats.standard().index(file.toString(), new LocalEvidence());
  }
}
