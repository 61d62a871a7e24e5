package dev.muster.proof;

import dev.muster.testing.SettableClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One sequence of deeds in two fresh workspaces, one after the other and each held to the model.
 */
final class Run implements AutoCloseable {

  private final Node node;
  private final SettableClock clock;
  private final Site ours;
  private final Site theirs;
  private final Map<String, Snapshot> states = new HashMap<>();
  private final List<String> done = new ArrayList<>();
  private Site last;

  Run(Node node, SettableClock clock, Snapshots snapshots, Client acme, Client globex) {
    this.node = node;
    this.clock = clock;
    this.ours = Site.open(acme, snapshots, true);
    this.theirs = Site.open(globex, snapshots, false);
    this.last = ours;
    for (var site : List.of(ours, theirs)) {
      states.put(site.workspace(), site.present());
    }
  }

  /**
   * Does what is planned.
   *
   * @throws Violation if anything is not as it has to be
   */
  void play(List<Act> acts) {
    for (var act : acts) {
      var site = siteOf(act);
      if (site != last) {
        checkUntouched(site);
        last = site;
      }
      play(act);
    }
  }

  /** What was done so far, in words. */
  List<String> done() {
    return done;
  }

  /** The workspace that the act is about. */
  Site siteOf(Act act) {
    return act.ours() ? ours : theirs;
  }

  private Site other(Site site) {
    return site == ours ? theirs : ours;
  }

  private void checkUntouched(Site site) {
    Violation.unless(
        site.present().equals(states.get(site.workspace())), "touched by another tenant's deeds");
  }

  private void play(Act act) {
    var site = siteOf(act);
    var deed = act.in(site, states.get(site.workspace()), clock.instant());
    done.add((act.ours() ? "ours: " : "theirs: ") + deed);
    switch (deed) {
      case Deed.Call call -> play(site, call);
      case Deed.Sweep sweep -> sweep(sweep);
      case Deed.Happening happening -> play(site, happening);
    }
  }

  private void play(Site site, Deed.Call call) {
    var model = model(site);
    var expected = model.foretell(call);
    var caller = call instanceof Deed.Trespass ? other(site) : site;
    var answer = caller.client().send(call.request(site));
    Violation.unless(
        answer.reply().equals(expected), "foretold " + expected + ", but got " + answer);
    settle(site, call, model);
  }

  private void play(Site site, Deed.Happening happening) {
    var model = model(site);
    var expected = model.foretell(happening);
    var happened = node.happen(site, happening);
    Violation.unless(happened == expected, "foretold " + expected + ", but it was " + happened);
    settle(site, happening, model);
  }

  /** A sweep goes through the workspaces of all tenants. */
  private void sweep(Deed.Sweep sweep) {
    var ourModel = model(ours);
    var theirModel = model(theirs);
    ourModel.foretell(sweep);
    theirModel.foretell(sweep);
    node.happen(ours, sweep);
    settle(ours, sweep, ourModel);
    settle(theirs, sweep, theirModel);
  }

  private Model model(Site site) {
    return new Model(site, states.get(site.workspace()), clock.instant());
  }

  private void settle(Site site, Deed deed, Model model) {
    node.rounds().awaitRest();
    Violation.unless(!node.rounds().anyFailed(), "a matching round failed");
    var after = site.present();
    var before = states.put(site.workspace(), after);
    Invariants.check(site, after);
    new Comparison(site, before, model, after, clock.instant()).check(deed);
    Invariants.checkAtRest(site, after, clock.instant());
  }

  @Override
  public void close() {
    ours.close();
    theirs.close();
  }
}
