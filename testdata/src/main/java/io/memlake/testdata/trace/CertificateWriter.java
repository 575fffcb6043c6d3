package io.memlake.testdata.trace;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;

/** Writes a self-signed certificate (X.509 in DER), and the blob in which the registry keeps it. */
public final class CertificateWriter {
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int CERTIFICATE_PROPERTY = 32;
  private static final int NAME_PROPERTY = 11;

  /** sha256WithRSAEncryption. */
  private static final byte[] ALGORITHM = {
    0x06, 0x09, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 0x01, 0x01, 0x0B, 0x05, 0
  };

  /** The same seed gives the same key, so that evidence can be made again. */
  private static final long SEED = 42;

  private static final byte[] COMMON_NAME = {0x06, 0x03, 0x55, 0x04, 0x03};

  private CertificateWriter() {}

  /** A certificate for a name, with a key of 2048 bits that is always the same. */
  public static byte[] write(String commonName) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
      random.setSeed(SEED);
      generator.initialize(2048, random);
      KeyPair keys = generator.generateKeyPair();
      byte[] algorithm = DerWriter.element(SEQUENCE, ALGORITHM);
      byte[] text = DerWriter.element(0x0C, commonName.getBytes(StandardCharsets.UTF_8));
      byte[] name =
          DerWriter.element(
              SEQUENCE, DerWriter.element(SET, DerWriter.element(SEQUENCE, COMMON_NAME, text)));
      byte[] validity = DerWriter.element(SEQUENCE, time("230601090000Z"), time("330601090000Z"));
      byte[] serial = {0x02, 0x01, 0x2A};
      byte[] key = keys.getPublic().getEncoded();
      byte[] body = DerWriter.element(SEQUENCE, serial, algorithm, name, validity, name, key);
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(body);
      return DerWriter.element(
          SEQUENCE, body, algorithm, DerWriter.element(0x03, new byte[1], signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has RSA", e);
    }
  }

  /** The value {@code Blob} of a certificate in the registry. */
  public static byte[] blob(byte[] certificate, String friendlyName) {
    TraceBytes name = new TraceBytes().utf16(friendlyName).u16(0);
    return new TraceBytes()
        .u32(NAME_PROPERTY)
        .u32(1)
        .u32(name.size())
        .add(name.toByteArray())
        .u32(CERTIFICATE_PROPERTY)
        .u32(1)
        .u32(certificate.length)
        .add(certificate)
        .toByteArray();
  }

  private static byte[] time(String text) {
    return DerWriter.element(0x17, text.getBytes(StandardCharsets.US_ASCII));
  }
}
