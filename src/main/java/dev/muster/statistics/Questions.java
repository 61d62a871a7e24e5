package dev.muster.statistics;

import dev.muster.statistics.StatisticsForms.Past;
import dev.muster.statistics.StatisticsForms.Period;
import dev.muster.web.Refused;
import dev.muster.workspace.TaskChannels;
import dev.muster.workspace.WorkspaceSid;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Understands what is asked. */
@Component
class Questions {

  private static final int MOST_THRESHOLDS = 100;
  private static final int LONGEST_WAIT_SECONDS = 1_209_600;

  private final TaskChannels channels;
  private final Clock clock;

  Questions(TaskChannels channels, Clock clock) {
    this.channels = channels;
    this.clock = clock;
  }

  /**
   * A question about the past.
   *
   * @throws Refused if a value does not fit
   */
  Question past(WorkspaceSid workspace, Past form) {
    return new Question(
        workspace,
        Window.of(form.period(), clock.instant()),
        channel(workspace, form.taskChannel()),
        thresholds(form.splitByWaitTime()));
  }

  /** A question about the past that splits nothing. */
  Question past(WorkspaceSid workspace, Period period, @Nullable String channel) {
    return past(workspace, new Past(period, channel, null));
  }

  /**
   * The sid of the channel with that sid or unique name; null if none is asked for.
   *
   * @throws Refused if the workspace has no such channel
   */
  @Nullable String channel(WorkspaceSid workspace, @Nullable String name) {
    if (name == null || name.isBlank()) {
      return null;
    }
    return channels
        .find(workspace, name)
        .orElseThrow(
            () ->
                Refused.invalid(
                    "Expected TaskChannel to be the unique name or SID of a task channel of this workspace, but got '%.80s'",
                    name))
        .sid()
        .value();
  }

  private static List<Integer> thresholds(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return List.of();
    }
    var parts = text.split(",", -1);
    if (parts.length > MOST_THRESHOLDS) {
      throw Refused.invalid(
          "Expected SplitByWaitTime to be at most %d thresholds, but got %d",
          MOST_THRESHOLDS, parts.length);
    }
    return Arrays.stream(parts).map(part -> threshold(part.strip())).distinct().sorted().toList();
  }

  private static int threshold(String text) {
    if (text.matches("[0-9]{1,7}") && Integer.parseInt(text) <= LONGEST_WAIT_SECONDS) {
      return Integer.parseInt(text);
    }
    throw Refused.invalid(
        "Expected SplitByWaitTime to be whole seconds from 0 to %d, parted by commas, but got '%.80s'",
        LONGEST_WAIT_SECONDS, text);
  }
}
