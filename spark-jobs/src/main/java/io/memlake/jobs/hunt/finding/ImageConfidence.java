package io.memlake.jobs.hunt.finding;

import java.util.Map;

/** How far the quality of an image lowers what is concluded from it. */
final class ImageConfidence {
  /** Percent that is left, by {@code image_quality.verdict}. */
  private static final Map<String, Integer> PERCENT =
      Map.of("good", 100, "usable", 85, "poor", 60, "unusable", 30);

  private static final int UNKNOWN = 75;
  private static final int HIGH = 75;
  private static final int MEDIUM = 45;

  private ImageConfidence() {}

  /** Confidence of a finding, 0 to 100: that of the rule, of the row and of the image together. */
  static int score(int rule, int row, String verdict) {
    int image = verdict == null ? UNKNOWN : PERCENT.getOrDefault(verdict, UNKNOWN);
    return Math.round(rule * row / 100f * image / 100f);
  }

  /** 1 low, 2 medium, 3 high. */
  static int step(int score) {
    return score >= HIGH ? 3 : score >= MEDIUM ? 2 : 1;
  }
}
