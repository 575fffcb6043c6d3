package io.memlake.jobs.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.memlake.jobs.exit.OperatorException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A baseline as a file: one thing a line, as JSON, so that it can be read, merged and cut. */
public final class BaselineFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private BaselineFile() {}

  /**
   * Writes a new file.
   *
   * @param minHosts things on fewer hosts are left out
   * @return lines written
   */
  public static long write(Path file, Things things, int minHosts) throws IOException {
    long lines = 0;
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW)) {
      for (Map.Entry<String, Map<String, Map<String, Set<String>>>> kind :
          things.kinds().entrySet()) {
        for (Map.Entry<String, Map<String, Set<String>>> key : kind.getValue().entrySet()) {
          for (Map.Entry<String, Set<String>> attributes :
              new TreeMap<>(key.getValue()).entrySet()) {
            if (attributes.getValue().size() >= minHosts) {
              ObjectNode line = JSON.createObjectNode();
              line.put("kind", kind.getKey());
              line.put("key", key.getKey());
              line.put("attributes", attributes.getKey());
              line.put("hosts", attributes.getValue().size());
              out.write(JSON.writeValueAsString(line));
              out.write('\n');
              lines++;
            }
          }
        }
      }
    } catch (FileAlreadyExistsException e) {
      throw new OperatorException(file + " exists; a baseline is never overwritten", e);
    }
    return lines;
  }

  /**
   * Reads a file.
   *
   * @throws OperatorException when it is no baseline, with the line
   */
  public static Things read(Path file) throws IOException {
    Things things = new Things();
    int number = 0;
    try (BufferedReader in = Files.newBufferedReader(file)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        JsonNode node = JSON.readTree(line);
        if (!node.hasNonNull("kind") || !node.hasNonNull("key") || number > Things.MAX) {
          throw new OperatorException(file + ":" + number + ": no thing of a baseline");
        }
        things.add(
            node.get("kind").asText(),
            node.get("key").asText(),
            node.path("attributes").asText(""),
            "baseline");
      }
    } catch (NoSuchFileException e) {
      throw new OperatorException("No such file: " + file, e);
    } catch (JsonProcessingException | java.nio.charset.CharacterCodingException e) {
      throw new OperatorException(file + ":" + number + ": not JSON", e);
    }
    return things;
  }
}
