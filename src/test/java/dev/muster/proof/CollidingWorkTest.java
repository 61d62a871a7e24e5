package dev.muster.proof;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whatever is done at the same time, what always has to hold holds in every committed state. */
class CollidingWorkTest {

  private static final int CLIENTS = 8;
  private static final int SEEDS = 5 * Integer.getInteger("proof.factor", 1);
  private static final int SPELLS = 5;
  private static final int DEEDS_OF_A_SPELL = 20;

  @Test
  void theInvariantsHoldWhileClientsOfTwoNodesCollide() throws Exception {
    var first = Long.getLong("proof.seed", System.nanoTime() >>> 8);
    System.out.println("CollidingWorkTest seeds from " + first);
    try (var muster = new TwoNodes()) {
      muster.clock.stop();
      var ledger = Ledger.open(muster.jdbc());
      for (var seed = first; seed < first + SEEDS; seed++) {
        work(muster, ledger, seed);
      }
    }
  }

  private static void work(TwoNodes muster, Ledger ledger, long seed) throws Exception {
    try (var crowd = new Crowd(muster, seed, CLIENTS)) {
      for (var spell = 0; spell < SPELLS; spell++) {
        crowd.work(DEEDS_OF_A_SPELL);
        muster.awaitRest();
        muster.assertNoRoundFailed();
        for (var site : crowd.sites()) {
          var present = site.present();
          Invariants.check(site, present);
          Invariants.checkAtRest(site, present, muster.clock.instant());
          Invariants.checkVersions(site, present);
        }
        assertThat(ledger.notes()).isEmpty();
      }
    } catch (Exception | Violation failure) {
      throw new AssertionError("seed " + seed, failure);
    }
  }
}
