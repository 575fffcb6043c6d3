package io.memlake.engine.objects.feature;

/**
 * One feature in some bytes.
 *
 * @param type what it is
 * @param value its text
 * @param wide whether it stands there in UTF-16
 * @param offset where its first byte stands
 * @param certain whether a check sum or the form itself proves it
 */
public record Feature(Type type, String value, boolean wide, int offset, boolean certain) {

  /** Kinds of features, as {@code features.feature_type} spells them in lower case. */
  public enum Type {
    /** Address with a scheme. */
    URL,
    /** Name of a host below a known top-level domain. */
    DOMAIN,
    /** Mail address. */
    EMAIL,
    /** IPv4 address. */
    IP,
    /** Address of a wallet: Bitcoin, Ethereum. */
    WALLET,
    /** Private key in PEM form, key of a service. */
    KEY
  }
}
