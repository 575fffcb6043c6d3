package io.memlake.schemas.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.schemas.row.ProcessRow;
import org.junit.jupiter.api.Test;

class GapsTest {

  @Test
  void gapsAreSortedByColumnAndTheFirstReasonStays() {
    Gaps gaps = new Gaps();
    gaps.add("path", Absence.UNREADABLE);
    gaps.add("command_line", Absence.UNPARSABLE);
    gaps.add("path", Absence.NOT_AVAILABLE);
    ProcessRow row = new ProcessRow();

    gaps.into(row);

    assertThat(row.getGaps()).containsExactly("command_line:unparsable", "path:unreadable");
    assertThat(gaps.isEmpty()).isFalse();
  }

  @Test
  void nothingMissingIsNull() {
    ProcessRow row = new ProcessRow();

    new Gaps().into(row);

    assertThat(row.getGaps()).isNull();
  }

  @Test
  void aGapForNoColumnIsRefused() {
    Gaps gaps = new Gaps();
    gaps.add("comand_line", Absence.UNREADABLE);

    assertThatThrownBy(() -> gaps.into(new ProcessRow()))
        .hasMessage("io.memlake.schemas.row.ProcessRow has no column comand_line");
  }

  @Test
  void aGapForAColumnWithAValueIsRefused() {
    Gaps gaps = new Gaps();
    gaps.add("path", Absence.UNREADABLE);
    ProcessRow row = new ProcessRow();
    row.setPath("C:\\Windows\\explorer.exe");

    assertThatThrownBy(() -> gaps.into(row)).hasMessageContaining("a value in path and a gap");
  }

  @Test
  void reasonsAreSpelledAsTheDocumentationOfTheColumnSpellsThem() {
    String doc = ProcessRow.getClassSchema().getField("gaps").doc();
    for (Absence reason : Absence.values()) {
      assertThat(doc).contains(reason.text());
    }
  }
}
