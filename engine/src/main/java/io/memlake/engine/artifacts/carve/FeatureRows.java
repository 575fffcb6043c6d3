package io.memlake.engine.artifacts.carve;

import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.feature.Feature;
import io.memlake.engine.objects.feature.FeatureFinder;
import io.memlake.schemas.row.FeatureRow;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecordBase;

/** Rows of {@code features}: a row a value of a page. */
final class FeatureRows {
  /** What begins in a page may end in the next one. */
  private static final int BEHIND = 1024;

  private static final int CONTEXT = 96;
  private static final int BEFORE = 24;
  private static final int PROVED = 100;
  private static final int LIKELY = 70;
  private static final int CUT = 50;

  private FeatureRows() {}

  static void page(Candidate candidate, RowSink<SpecificRecordBase> rows) throws IOException {
    byte[] bytes = candidate.bytes(candidate.inPage() + BEHIND);
    Optional<Boolean> continued = candidate.continuesText();
    Map<String, FeatureRow> byValue = new LinkedHashMap<>();
    for (Feature feature :
        FeatureFinder.find(
            bytes,
            bytes.length,
            Math.min(bytes.length, candidate.inPage()),
            continued.orElse(false))) {
      String key = feature.type() + (feature.wide() ? "16" : "8") + feature.value();
      FeatureRow known = byValue.get(key);
      if (known != null) {
        known.setOccurrences(known.getOccurrences() + 1);
      } else {
        byValue.put(key, row(candidate, feature, bytes, continued.isPresent()));
      }
    }
    for (FeatureRow row : byValue.values()) {
      rows.accept(row);
    }
  }

  private static FeatureRow row(
      Candidate candidate, Feature feature, byte[] bytes, boolean beginKnown) {
    FeatureRow row = candidate.stamp(new FeatureRow(), feature.offset());
    boolean cut = feature.offset() <= 1 && !beginKnown;
    row.setConfidence(cut ? CUT : feature.certain() ? PROVED : LIKELY);
    row.setFeatureType(feature.type().name().toLowerCase(Locale.ROOT));
    row.setValue(feature.value());
    row.setEncoding(feature.wide() ? "utf16" : "ascii");
    row.setOccurrences(1);
    boolean secret = feature.type() == Feature.Type.KEY;
    row.setContext(secret ? feature.value() : context(bytes, feature));
    return row;
  }

  private static String context(byte[] bytes, Feature feature) {
    int stride = feature.wide() ? 2 : 1;
    int from = feature.offset() - BEFORE * stride;
    while (from < 0) {
      from += stride;
    }
    StringBuilder text = new StringBuilder(CONTEXT);
    for (int at = from; at < bytes.length && text.length() < CONTEXT; at += stride) {
      boolean printable =
          (FeatureFinder.isPrintable(bytes[at]) || bytes[at] == ' ')
              && (stride == 1 || (at + 1 < bytes.length && bytes[at + 1] == 0));
      text.append(printable ? (char) bytes[at] : '.');
    }
    return text.toString();
  }
}
