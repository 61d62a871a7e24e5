package dev.muster.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShrinkingTest {

  @Test
  void keepsOnlyWhatIsNeededToShowIt() {
    var all = IntStream.range(0, 1000).boxed().toList();

    var shortest = Shrinking.of(all, some -> some.containsAll(List.of(3, 500, 998)), 500);

    assertThat(shortest).containsExactly(3, 500, 998);
  }

  @Test
  void givesUpAfterSoManyTries() {
    var all = IntStream.range(0, 1000).boxed().toList();

    assertThat(Shrinking.of(all, some -> some.contains(0), 2)).hasSizeBetween(250, 750).contains(0);
  }
}
