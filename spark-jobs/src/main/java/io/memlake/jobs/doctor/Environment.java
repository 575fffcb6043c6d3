package io.memlake.jobs.doctor;

import io.memlake.engine.symbols.store.LocalSymbolFiles;
import io.memlake.engine.symbols.store.SymbolSettings;
import io.memlake.engine.symbols.store.SymbolStore;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Looks at what every analysis needs from the machine it runs on. */
public final class Environment {
  private static final int NEEDED_JAVA = 17;
  private static final long MIB = 1L << 20;

  /** Spark refuses to start with less. */
  private static final long NEEDED_HEAP = 512 * MIB;

  private static final long COMFORTABLE_HEAP = 1536 * MIB;

  /** Spark's own files and spills of a middling query. */
  private static final long NEEDED_SCRATCH = 1024 * MIB;

  private Environment() {}

  /** All findings, in a fixed order. */
  public static List<Finding> check() {
    List<Finding> findings = new ArrayList<>();
    findings.add(java());
    findings.add(heap());
    findings.add(Finding.ok("cores", Integer.toString(Runtime.getRuntime().availableProcessors())));
    findings.add(scratch());
    findings.add(loopback());
    findings.add(symbols());
    return findings;
  }

  private static Finding java() {
    String version = Runtime.version().toString();
    return Runtime.version().feature() >= NEEDED_JAVA
        ? Finding.ok("java", version)
        : Finding.problem("java", version + "; needed: " + NEEDED_JAVA);
  }

  private static Finding heap() {
    long heap = Runtime.getRuntime().maxMemory();
    String text = heap / MIB + " MiB";
    if (heap < NEEDED_HEAP) {
      return Finding.problem("heap", text + "; needed: 512 MiB, MEMLAKE_JAVA_OPTS=-Xmx2g");
    }
    return heap < COMFORTABLE_HEAP
        ? Finding.warning("heap", text + "; MEMLAKE_JAVA_OPTS=-Xmx2g gives more room")
        : Finding.ok("heap", text);
  }

  private static Finding scratch() {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      Files.delete(Files.createTempFile(folder, "memlake-doctor-", ".tmp"));
      long free = Files.getFileStore(folder).getUsableSpace();
      String text = String.format(Locale.ROOT, "%s, %,d MiB free", folder, free / MIB);
      return free < NEEDED_SCRATCH
          ? Finding.warning("scratch folder", text)
          : Finding.ok("scratch folder", text);
    } catch (IOException e) {
      return Finding.problem("scratch folder", folder + " cannot be written: " + e.getMessage());
    }
  }

  private static Finding loopback() {
    InetAddress address = InetAddress.getLoopbackAddress();
    return Finding.ok("loopback", address.getHostAddress());
  }

  private static Finding symbols() {
    try {
      int known =
          SymbolStore.open(SymbolSettings.EMBEDDED_ONLY, new LocalSymbolFiles()).known().size();
      return Finding.ok("symbols", known + " binaries in the program");
    } catch (IOException e) {
      return Finding.problem("symbols", String.valueOf(e.getMessage()));
    }
  }
}
