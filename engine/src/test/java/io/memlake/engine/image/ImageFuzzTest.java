package io.memlake.engine.image;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes are an image that can be read within bounds, or an error that names the file. */
class ImageFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void image(byte[] data) {
    DamagedImages.checkBytes(data);
  }
}
