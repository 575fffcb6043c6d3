package io.memlake.engine.artifacts.registry;

import io.memlake.engine.artifacts.RowSink;
import io.memlake.schemas.row.AmcacheRow;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Files, programs and drivers in {@code Amcache.hve}: {@code Root\Inventory…} since Windows 10
 * 1709, {@code Root\File\VOLUME\ID} with numbered values before. Identifiers of files are a SHA-1
 * behind four zeros.
 */
final class Amcache implements HiveInterpreter {
  private static final DateTimeFormatter LINK_DATE =
      DateTimeFormatter.ofPattern("MM/dd/uuuu HH:mm:ss", Locale.ROOT);

  private static final int SHA1_DIGITS = 40;

  @Override
  public String table() {
    return "amcache";
  }

  @Override
  public Set<HiveKind> kinds() {
    return Set.of(HiveKind.AMCACHE);
  }

  @Override
  public void read(HiveReading hive, RowSink<SpecificRecordBase> rows) throws IOException {
    Optional<RegistryKey> root = hive.find("Root");
    if (root.isEmpty()) {
      return;
    }
    for (RegistryKey group : root.get().subkeys()) {
      for (RegistryKey key : group.subkeys()) {
        switch (group.name()) {
          case "InventoryApplicationFile" -> rows.accept(file(hive, key));
          case "InventoryApplication" -> rows.accept(program(hive, key));
          case "InventoryDriverBinary" -> rows.accept(driver(hive, key));
          case "File" -> {
            for (RegistryKey old : key.subkeys()) {
              rows.accept(oldFile(hive, old));
            }
          }
          default -> {
            // Other groups name devices and shortcuts, which have tables of their own.
          }
        }
      }
    }
  }

  private static AmcacheRow file(HiveReading hive, RegistryKey key) throws IOException {
    AmcacheRow row = hive.stamp(new AmcacheRow(), key);
    row.setEntryType("file");
    row.setPath(key.text("LowerCaseLongPath"));
    row.setName(key.text("Name"));
    row.setPublisher(key.text("Publisher"));
    row.setProduct(key.text("ProductName"));
    row.setVersion(key.text("Version"));
    row.setSha1(sha1(key.text("FileId")));
    row.setSize(key.number("Size"));
    row.setLinkDate(date(key.text("LinkDate")));
    row.setProgramId(key.text("ProgramId"));
    return row;
  }

  private static AmcacheRow program(HiveReading hive, RegistryKey key) throws IOException {
    AmcacheRow row = hive.stamp(new AmcacheRow(), key);
    row.setEntryType("program");
    row.setPath(key.text("RootDirPath"));
    row.setName(key.text("Name"));
    row.setPublisher(key.text("Publisher"));
    row.setVersion(key.text("Version"));
    row.setInstallDate(key.text("InstallDate"));
    row.setProgramId(key.text("ProgramId"));
    return row;
  }

  private static AmcacheRow driver(HiveReading hive, RegistryKey key) throws IOException {
    AmcacheRow row = hive.stamp(new AmcacheRow(), key);
    row.setEntryType("driver");
    row.setPath(key.name());
    row.setName(key.text("DriverName"));
    row.setPublisher(key.text("DriverCompany"));
    row.setProduct(key.text("Product"));
    row.setVersion(key.text("DriverVersion"));
    row.setSha1(sha1(key.text("DriverId")));
    row.setSize(key.number("ImageSize"));
    row.setLinkDate(key.unixTime("DriverTimeStamp"));
    row.setService(key.text("Service"));
    return row;
  }

  private static AmcacheRow oldFile(HiveReading hive, RegistryKey key) throws IOException {
    AmcacheRow row = hive.stamp(new AmcacheRow(), key);
    row.setEntryType("file");
    row.setPath(key.text("15"));
    row.setPublisher(key.text("1"));
    row.setProduct(key.text("0"));
    row.setVersion(key.text("5"));
    row.setSha1(sha1(key.text("101")));
    row.setSize(key.number("6"));
    row.setLinkDate(key.unixTime("f"));
    row.setModified(key.time("11"));
    row.setCreated(key.time("12"));
    row.setProgramId(key.text("100"));
    return row;
  }

  private static String sha1(String id) {
    return id == null || id.length() < SHA1_DIGITS
        ? null
        : id.substring(id.length() - SHA1_DIGITS).toLowerCase(Locale.ROOT);
  }

  private static Instant date(String text) {
    try {
      return text == null ? null : LocalDateTime.parse(text, LINK_DATE).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
