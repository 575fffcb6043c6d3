package io.memlake.engine.artifacts.registry;

import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.value.Utf16;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.evidence.Gaps;
import io.memlake.schemas.row.CertificateRow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Certificates: {@code SystemCertificates\STORE\Certificates\THUMBPRINT}, whose value {@code Blob}
 * is a chain of properties: {@code { id:4 1:4 length:4 data }}, 32 the certificate, 11 its name.
 */
final class Certificates implements HiveInterpreter {
  private static final int PROPERTY_HEADER = 12;
  private static final int CERTIFICATE = 32;
  private static final int FRIENDLY_NAME = 11;
  private static final int MAX_PROPERTIES = 64;

  private static final List<String> PLACES =
      List.of(
          "Microsoft\\SystemCertificates",
          "Microsoft\\EnterpriseCertificates",
          "Policies\\Microsoft\\SystemCertificates");

  @Override
  public String table() {
    return "certificates";
  }

  @Override
  public Set<HiveKind> kinds() {
    return Set.of(HiveKind.SOFTWARE, HiveKind.NTUSER, HiveKind.DEFAULT);
  }

  @Override
  public void read(HiveReading hive, RowSink<SpecificRecordBase> rows) throws IOException {
    String prefix = hive.kind() == HiveKind.SOFTWARE ? "" : "Software\\";
    for (String place : PLACES) {
      Optional<RegistryKey> stores = hive.find(prefix + place);
      if (stores.isEmpty()) {
        continue;
      }
      for (RegistryKey store : stores.get().subkeys()) {
        Optional<RegistryKey> certificates = store.find("Certificates");
        if (certificates.isPresent()) {
          for (RegistryKey certificate : certificates.get().subkeys()) {
            rows.accept(row(hive, store.name(), certificate));
          }
        }
      }
    }
  }

  private static CertificateRow row(HiveReading hive, String store, RegistryKey key)
      throws IOException {
    CertificateRow row = hive.stamp(new CertificateRow(), key);
    row.setStore(store);
    byte[] blob = key.bytes("Blob").orElse(new byte[0]);
    byte[] name = property(blob, FRIENDLY_NAME);
    row.setFriendlyName(name.length == 0 ? null : Utf16.untilNul(name, 0, name.length));
    byte[] encoded = property(blob, CERTIFICATE);
    Gaps gaps = new Gaps();
    if (encoded.length == 0) {
      gaps.add("sha1", blob.length == 0 ? Absence.UNREADABLE : Absence.UNPARSABLE);
    } else {
      row.setSha1(digest("SHA-1", encoded));
      row.setSha256(digest("SHA-256", encoded));
      try {
        describe(row, encoded);
      } catch (CertificateException e) {
        gaps.add("subject", Absence.UNPARSABLE);
      }
    }
    gaps.into(row);
    return row;
  }

  private static void describe(CertificateRow row, byte[] encoded) throws CertificateException {
    X509Certificate certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(encoded));
    row.setSubject(certificate.getSubjectX500Principal().getName());
    row.setIssuer(certificate.getIssuerX500Principal().getName());
    row.setSerial(certificate.getSerialNumber().toString(16));
    row.setNotBefore(certificate.getNotBefore().toInstant());
    row.setNotAfter(certificate.getNotAfter().toInstant());
    row.setSignatureAlgorithm(certificate.getSigAlgName());
    row.setKeyAlgorithm(certificate.getPublicKey().getAlgorithm());
    row.setSelfIssued(
        certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()));
  }

  private static byte[] property(byte[] blob, int wanted) {
    int at = 0;
    for (int i = 0; i < MAX_PROPERTIES && at + PROPERTY_HEADER <= blob.length; i++) {
      int id = LittleEndian.i32(blob, at);
      long end = at + PROPERTY_HEADER + LittleEndian.u32(blob, at + 8);
      if (end > blob.length) {
        break;
      }
      if (id == wanted) {
        return Arrays.copyOfRange(blob, at + PROPERTY_HEADER, (int) end);
      }
      at = (int) end;
    }
    return new byte[0];
  }

  private static String digest(String algorithm, byte[] bytes) {
    try {
      return Hex.bytes(MessageDigest.getInstance(algorithm).digest(bytes)).toLowerCase(Locale.ROOT);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has " + algorithm, e);
    }
  }
}
