package io.memlake.jobs.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.memlake.jobs.panels.Panel;
import io.memlake.jobs.panels.PanelAnswer;
import io.memlake.jobs.panels.Panels;
import io.memlake.jobs.panels.Section;
import io.memlake.jobs.query.LakeDatabase;
import io.memlake.jobs.web.Page;
import io.memlake.jobs.web.PageAsset;
import io.memlake.jobs.web.PageJson;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Writes the report of a case.
 *
 * @param caseId the case
 * @param lakeName how the user named the lake
 * @param toolVersion the version that writes
 * @param made when
 * @param maxRows rows after which a panel is cut
 */
public record Report(
    String caseId, String lakeName, String toolVersion, Instant made, int maxRows) {
  private static final Page PAGE =
      new Page("Memlake report", PageAsset.of("page.css"), PageAsset.of("panels.js", "report.js"));

  /** Asks every panel of the fleet and writes the page; returns the answers. */
  public List<PanelAnswer> write(LakeDatabase lake, Writer out) throws IOException {
    List<PanelAnswer> answers =
        Panels.ofFleet().stream().map(panel -> answer(panel, lake)).toList();
    PAGE.write(out, "'none'", json -> data(json, answers));
    return answers;
  }

  private PanelAnswer answer(Panel panel, LakeDatabase lake) {
    return PanelAnswer.of(panel, lake, Map.of(), maxRows);
  }

  private void data(PageJson json, List<PanelAnswer> answers) throws IOException {
    JsonGenerator generator = json.generator();
    generator.writeStartObject();
    generator.writeStringField("case", caseId);
    generator.writeStringField("lake", lakeName);
    generator.writeStringField("version", toolVersion);
    generator.writeStringField("made", made.toString());
    generator.writeNumberField("maxRows", maxRows);
    generator.writeArrayFieldStart("sections");
    for (Section section : Section.values()) {
      if (section.ofFleet()) {
        generator.writeStartObject();
        generator.writeStringField("id", section.word());
        generator.writeStringField("title", section.title());
        generator.writeEndObject();
      }
    }
    generator.writeEndArray();
    generator.writeArrayFieldStart("panels");
    for (PanelAnswer answer : answers) {
      json.panel(answer);
    }
    generator.writeEndArray();
    generator.writeEndObject();
  }
}
