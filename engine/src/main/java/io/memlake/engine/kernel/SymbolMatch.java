package io.memlake.engine.kernel;

/** How the symbols of a machine were chosen, from sure to absent. */
public enum SymbolMatch {
  /** The PDB identity in the kernel's RSDS record names them. */
  PDB_ID,
  /** The user named the file; whether it fits was tested on the image. */
  FORCED,
  /** No RSDS record could be read; pointers of the running kernel agree with exactly these. */
  FINGERPRINT,
  /** Like {@link #FINGERPRINT}, but several kernels of one line agree equally well. */
  FINGERPRINT_TIE,
  /** Layouts of another build, confirmed or corrected field by field on the image. */
  CALIBRATED,
  /** Layouts of another update of the same build; addresses of symbols are not known. */
  NEAREST,
  /** None fit. */
  NONE
}
