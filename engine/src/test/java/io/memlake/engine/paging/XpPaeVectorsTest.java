package io.memlake.engine.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.memlake.engine.physical.FrameMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Translations of a real Windows XP PAE machine, with every entry that was read on the way. */
class XpPaeVectorsTest {
  private static final String VECTORS = "shared/data/paging/pte_vectors_xp_pae.json";

  @TestFactory
  Stream<DynamicTest> everyVectorComesOut() throws IOException {
    Path file = Path.of("").toAbsolutePath();
    while (file != null && !Files.exists(file.resolve(VECTORS))) {
      file = file.getParent();
    }
    assumeTrue(file != null, "The sample data with the XP PAE vectors is not beside the project");
    List<Map<String, Object>> vectors = vectors(file.resolve(VECTORS));
    assertThat(vectors).hasSize(6);
    return vectors.stream()
        .map(vector -> DynamicTest.dynamicTest(vector.get("name").toString(), () -> check(vector)));
  }

  private static void check(Map<String, Object> vector) throws IOException {
    FrameMap frames = new FrameMap();
    for (Map.Entry<String, Object> word : group(vector, "mem").entrySet()) {
      frames.putLong(number(word.getKey()), number(word.getValue()));
    }
    PagedAddressSpace space =
        AddressSpaces.open(
            PagingMode.PAE,
            frames,
            number(vector.get("cr3")),
            PteLayout.paeBeforeSwizzle(),
            PagedOutPages.NONE);
    assertThat(space.dtb()).isEqualTo(number(vector.get("cr3")));
    long virtualAddress = number(vector.get("va"));
    Map<String, Object> result = group(vector, "result");
    PteState state = space.explain(virtualAddress);
    if (vector.containsKey("proto")) {
      assertThat(state).isInstanceOfAny(PteState.Unmapped.class, PteState.VadLookup.class);
      assertThat(space.translate(virtualAddress)).isEqualTo(AddressSpace.ABSENT);
      state = prototype(vector, frames, space, virtualAddress);
    }
    switch (result.get("kind").toString()) {
      case "pagefile" -> {
        long page = number(result.get("offset")) >>> 12;
        int number = (int) number(result.get("number"));
        assertThat(state).isEqualTo(new PteState.PageFile(number, page));
      }
      // The descriptor of this vector is private, so an empty entry is a page of zeros.
      case "demand_zero" -> assertThat(state).isEqualTo(new PteState.Unmapped());
      case "file" -> assertThat(state).isNull();
      default -> {
        long physicalAddress = number(result.get("pa"));
        assertThat(physicalAddress & 0xFFF).isEqualTo(virtualAddress & 0xFFF);
        assertThat(state)
            .isIn(
                new PteState.Hardware(physicalAddress >>> 12),
                new PteState.Transition(physicalAddress >>> 12));
      }
    }
  }

  /** The entry that the address descriptor leads to; null when the vector does not hold it. */
  private static PteState prototype(
      Map<String, Object> vector, FrameMap frames, PagedAddressSpace space, long virtualAddress) {
    Map<String, Object> vad = group(vector, "vad");
    Map<String, Object> proto = group(vector, "proto");
    long element = (virtualAddress - number(vad.get("start"))) >>> 12;
    assertThat(number(vad.get("first_prototype_pte")) + element * space.mode().entrySize())
        .isEqualTo(number(proto.get("va")));
    byte[] entry = new byte[8];
    if (!group(vector, "mem").containsKey(proto.get("pa").toString())) {
      return null;
    }
    assertThat(frames.read(number(proto.get("pa")), entry, 0, 8)).isTrue();
    long value = 0;
    for (int i = 7; i >= 0; i--) {
      value = value << 8 | (entry[i] & 0xFF);
    }
    return space.explainPrototype(value);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> group(Map<String, Object> vector, String name) {
    return (Map<String, Object>) vector.get(name);
  }

  private static long number(Object value) {
    String text = value.toString();
    return text.startsWith("0x")
        ? Long.parseUnsignedLong(text.substring(2), 16)
        : Long.parseLong(text);
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> vectors(Path file) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
      json.nextToken();
      Map<String, Object> all = (Map<String, Object>) value(json);
      return (List<Map<String, Object>>) all.get("vectors");
    }
  }

  private static Object value(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.START_OBJECT) {
      Map<String, Object> object = new LinkedHashMap<>();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        object.put(name, value(json));
      }
      return object;
    }
    if (json.currentToken() == JsonToken.START_ARRAY) {
      List<Object> array = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        array.add(value(json));
      }
      return array;
    }
    return json.getText();
  }
}
