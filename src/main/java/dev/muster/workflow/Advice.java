package dev.muster.workflow;

import dev.muster.rules.InstructionError;
import dev.muster.rules.Lint;
import dev.muster.workspace.WorkspaceSid;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tells what a configuration probably does not mean, as far as the workspace is known. */
@Component
public class Advice {

  private final Surroundings surroundings;

  Advice(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * What is odd about a configuration, in its order.
   *
   * @throws InstructionError if it is no instruction
   */
  @Transactional(readOnly = true)
  public List<OddPlace> on(WorkspaceSid workspace, String configuration) {
    return Lint.of(configuration, surroundings.of(workspace)).stream().map(OddPlace::of).toList();
  }
}
