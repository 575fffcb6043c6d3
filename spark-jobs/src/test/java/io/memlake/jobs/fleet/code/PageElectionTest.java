package io.memlake.jobs.fleet.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageElectionTest {
  private static final long HERE = 0x1000_0000L;
  private static final long THERE = 0x2000_0000L;

  private final PageElection election = new PageElection();

  @Test
  void mostHostsWinOverTheChosenOne() {
    election.add("CHOSEN", 1, HERE, true);
    election.add("B", 2, THERE, true);
    election.add("C", 2, THERE, true);

    assertThat(election.elect()).isEqualTo(new PageElection.Elected(2, "B", 2, 1));
  }

  @Test
  void theChosenHostWinsATie() {
    election.add("Z", 1, HERE, true);
    election.add("A", 2, THERE, true);

    assertThat(election.elect()).isEqualTo(new PageElection.Elected(1, "Z", 1, 1));
  }

  @Test
  void aPageThatCouldNotBeMovedCountsWhenAnotherBaseShowsTheSame() {
    election.add("A", 7, HERE + 0x10000, false);
    assertThat(election.elect()).isNull();
    election.add("B", 7, THERE, false);
    assertThat(election.elect()).isEqualTo(new PageElection.Elected(7, "A", 2, 0));
  }

  @Test
  void twoProcessesOfOneHostAreOneVote() {
    election.add("A", 7, HERE, true);
    election.add("A", 7, HERE, true);
    election.add("B", 8, HERE, true);
    election.add("C", 8, HERE, true);

    assertThat(election.elect()).isEqualTo(new PageElection.Elected(8, "B", 2, 1));
  }

  @Test
  void aPageThatNobodyHasIsNotElected() {
    assertThat(election.elect()).isNull();
  }
}
