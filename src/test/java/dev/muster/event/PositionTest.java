package dev.muster.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {

  @ParameterizedTest
  @ValueSource(strings = {"1:1:", "100:120:100,104", "730:730:"})
  void readsWhatItWrote(String snapshot) {
    assertThat(Position.of(snapshot)).hasToString(snapshot);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "EV0",
        "1",
        "1:2",
        "0:1:",
        "2:1:",
        "100:120:99",
        "100:120:120",
        "100:120:104,101",
        "100:120:101,",
        "1:1:' OR 1=1",
        "99999999999999999999:1:"
      })
  void refusesWhatIsNoSnapshot(String text) {
    assertThatThrownBy(() -> Position.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the id of an event that this stream has sent");
  }
}
