package io.memlake.engine.symbols.isf;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.ByteSourceInputStream;
import io.memlake.engine.symbols.CorruptSymbolsException;
import io.memlake.engine.symbols.PdbId;
import io.memlake.engine.symbols.SymbolTable;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.tukaani.xz.XZIOException;

/** Reads symbol files of Volatility 3: JSON, plain or compressed with xz or gzip. */
public final class IsfReader {
  /** Files larger than this are no symbol files of Windows. */
  public static final long MAX_FILE_BYTES = 128L << 20;

  /** Schema versions that can be read: this major number, minor numbers up to the next. */
  static final int SCHEMA_MAJOR = 6;

  static final int SCHEMA_MAX_MINOR = 3;

  private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})");

  private IsfReader() {}

  /**
   * Reads all of {@code file}; the caller closes it.
   *
   * @throws CorruptSymbolsException when it is no symbol file of a known version; the message names
   *     the file, the reason and the line
   * @throws IOException when it cannot be read
   */
  public static SymbolTable read(ByteSource file) throws IOException {
    if (file.size() > MAX_FILE_BYTES) {
      throw new CorruptSymbolsException(
          file.name(), "it is larger than " + (MAX_FILE_BYTES >> 20) + " MiB");
    }
    return read(file.name(), new ByteSourceInputStream(file));
  }

  /**
   * Reads a symbol file from a stream; the caller closes it.
   *
   * @param name what messages and {@link SymbolTable#source()} call the file
   * @throws CorruptSymbolsException when it is no symbol file of a known version
   * @throws IOException when it cannot be read
   */
  public static SymbolTable read(String name, InputStream in) throws IOException {
    IsfModel model = parse(name, in, IsfParser::parse);
    checkVersion(name, model.format);
    return IsfResolver.resolve(name, model);
  }

  /**
   * Which binary a symbol file describes; reads no further than needed. The caller closes {@code
   * file}.
   *
   * @throws CorruptSymbolsException when it is no symbol file of a known version
   * @throws IOException when it cannot be read
   */
  public static PdbId identity(ByteSource file) throws IOException {
    InputStream in = new ByteSourceInputStream(file);
    IsfModel model = parse(file.name(), in, IsfParser::parseMetadata);
    checkVersion(file.name(), model.format);
    return new PdbId(model.pdbName, model.pdbGuid, model.pdbAge);
  }

  private static IsfModel parse(String name, InputStream in, JsonReading reading)
      throws IOException {
    try {
      return reading.read(name, IsfInput.json(name, in));
    } catch (JsonProcessingException e) {
      throw new CorruptSymbolsException(
          name, "broken JSON" + place(e.getLocation()) + ": " + e.getOriginalMessage(), e);
    } catch (CharConversionException e) {
      throw new CorruptSymbolsException(name, "broken text: " + e.getMessage(), e);
    } catch (XZIOException | ZipException | EOFException e) {
      String detail = e.getMessage() == null ? "it ends too early" : e.getMessage();
      throw new CorruptSymbolsException(name, "broken compression: " + detail, e);
    }
  }

  @FunctionalInterface
  private interface JsonReading {
    IsfModel read(String name, InputStream json) throws IOException;
  }

  private static void checkVersion(String file, String format) throws CorruptSymbolsException {
    Matcher version = VERSION.matcher(format);
    String known = "; versions 6.0 to 6." + SCHEMA_MAX_MINOR + " can be read";
    if (format.isEmpty()) {
      throw new CorruptSymbolsException(file, "it names no schema version in metadata.format");
    }
    if (!version.matches()) {
      throw new CorruptSymbolsException(
          file, "its schema version \"" + format + "\" is not three numbers" + known);
    }
    int major = Integer.parseInt(version.group(1));
    int minor = Integer.parseInt(version.group(2));
    if (major < SCHEMA_MAJOR) {
      throw new CorruptSymbolsException(file, "schema version " + format + " is too old" + known);
    }
    if (major > SCHEMA_MAJOR || minor > SCHEMA_MAX_MINOR) {
      throw new CorruptSymbolsException(file, "schema version " + format + " is too new" + known);
    }
  }

  static String place(JsonLocation location) {
    return location == null
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
