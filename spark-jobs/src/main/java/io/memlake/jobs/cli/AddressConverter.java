package io.memlake.jobs.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads addresses as users copy them: {@code 0xfffff80012340000}, with or without the prefix. */
final class AddressConverter implements ITypeConverter<Long> {
  AddressConverter() {}

  @Override
  public Long convert(String text) {
    String digits = text.replace("`", "").replaceFirst("^0[xX]", "");
    try {
      return Long.parseUnsignedLong(digits, 16);
    } catch (NumberFormatException e) {
      throw new TypeConversionException(text + " is no address: write hexadecimal digits");
    }
  }
}
