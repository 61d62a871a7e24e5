package dev.muster.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.rules.Expression;
import dev.muster.rules.Instruction;
import dev.muster.rules.Instruction.Target;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableReaderTest {

  @Test
  void joinsTheCellsOfARowAndSkipsEmptyOnes() {
    var instruction =
        read(
            """
            name,channel ==,product IN,level >=,skills HAS,queue
            Gold,voice,a; b,3,,WQ1
            Rest,,,,spanish,WQ2
            """);

    assertThat(instruction.filters().getFirst().name()).isEqualTo("Gold");
    assertThat(instruction.filters().getFirst().expression())
        .isEqualTo(Expression.parse("channel == 'voice' AND product IN ['a', 'b'] AND level >= 3"));
    assertThat(instruction.filters().getLast().expression())
        .isEqualTo(Expression.parse("skills HAS 'spanish'"));
  }

  @Test
  void continuesTheFilterAboveWithARowThatHasNeitherNameNorCondition() {
    var targets =
        read("""
                name,type ==,queue,priority,timeout,worker expression
                Gold,x,WQ1,10,30,worker.level > 5
                ,,WQ2,,60,
                ,,,5,,
                """)
            .filters()
            .getFirst()
            .targets();

    assertThat(targets).extracting(Target::queue).containsExactly("WQ1", "WQ2", "WQ2");
    assertThat(targets).extracting(Target::timeoutSeconds).containsExactly(30, 60, null);
    assertThat(targets).extracting(Target::priority).containsExactly(10, null, 5);
  }

  @Test
  void takesEveryTaskWithANameAlone() {
    assertThat(read("name,queue\nAll,WQ1\n").filters().getFirst().expression())
        .isEqualTo(Expression.parse("1==1"));
  }

  @Test
  void marksTheDefault() {
    var instruction = read("row,a ==,queue\n,1,WQ1\nDefault,,WQ2\n");

    assertThat(instruction.filters()).hasSize(1);
    assertThat(instruction.defaultFilter()).extracting(Target::queue).isEqualTo("WQ2");
  }

  @Test
  void bracketsAnExpressionThatSaysOr() {
    assertThat(read("expression,c ==,queue\na == 1 OR b == 1,2,WQ1\n").filters())
        .first()
        .extracting(Instruction.Filter::expression)
        .isEqualTo(Expression.parse("(a == 1 OR b == 1) AND c == 2"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "==     | 5            | 5",
        "==     | -0.50        | -0.5",
        "==     | 007          | '007'",
        "==     | +5           | '+5'",
        "==     | 1e5          | '1e5'",
        "==     | true         | TRUE",
        "!=     | Null         | NULL",
        "==     | two words    | 'two words'",
        "==     | \"5\"        | '5'",
        "==     | \"NULL\"     | 'NULL'",
        "==     | \" a \"      | ' a '",
        "==     | \"a; b\"     | 'a; b'",
        "==     | \"\\\"\\\\\\u0041\" | '\"\\\\A'",
        "==     | it's         | \"it's\"",
        "==     | =1+1         | '=1+1'",
        ">      | 2024-01-01   | '2024-01-01'",
        ">      | \"1,000\"    | '1,000'",
        "IN     | a            | ['a']",
        "IN     | a; 5 ; \"5\"; true | ['a', 5, '5', TRUE]",
        "IN     | \"a;b\"; c   | ['a;b', 'c']",
        "IN     | []           | []",
        "NOT IN | [-1; 2]      | [-1, 2]",
      })
  void takesCellsByTheirLook(String operator, String cell, String literal) {
    var quoted = "\"" + cell.replace("\"", "\"\"") + "\"";

    assertThat(read("x " + operator + ",queue\n" + quoted + ",WQ1\n").filters())
        .first()
        .extracting(Instruction.Filter::expression)
        .isEqualTo(Expression.parse("x " + operator + " " + literal));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "queue;chanel                   | x;y         | a condition such as `channel ==` or one of row, name",
        "queue;a == b                   | x;y         | in cell B1, but got 'a == b'",
        "queue;name;Name                | x;y;z       | Expected each name once in cell C1, but got 'name' again",
        "a ==                           | x           | Expected a column queue in row 1, but there is none",
        "a ==;queue                     | x;WQ1;y     | nothing, for the column has no heading, in cell C2, but got 'y'",
        "a ==;queue                     | x           | Expected a queue, but there is none in cell B2",
        "a ==;queue                     | \"x;WQ1     | Expected CSV, but",
        "a ==;queue                     | x, y; WQ1   | ``",
        "a ==;queue                     | \"x;y\";WQ1 | one value, for only IN takes a list",
        "a ==;queue                     | [x];WQ1     | in cell A2, but got '[x]'",
        "a IN;queue                     | \"x;;y\";WQ1| Expected a value between two semicolons in cell A2, but got nothing",
        "a IN;queue                     | [x;WQ1      | Expected a closing ']' in cell A2",
        "a >;queue                      | 1,000;WQ1   | a number such as 1000.5, or text in quotes, in cell A2, but got '1,000'",
        "a >;queue                      | 007;WQ1     | but got '007'",
        "expression;queue               | a = = 1;WQ1 | but found '=' at column 5 of `a = = 1` (cell A2)",
        "a ==;queue;timeout             | x;WQ1;0     | Expected a whole number from 1 to 2147483647, but got 0 in cell C2",
        "a ==;queue;priority            | x;WQ1;soon  | but got \"soon\" in cell C2",
        "a ==;queue;order_by            | x;WQ1;level | but found 'level' in cell C2, column 1",
        "a ==;queue;known_worker_sid    | x;WQ1;agent | Expected task.<attribute>, but got `agent` in cell C2",
        "queue                          | WQ1         | for there is no filter above",
        "row;queue                      | first;WQ1   | Expected filter, target, default, document or nothing in cell A2, but got 'first'",
        "row;a ==;queue                 | default;x;WQ1 | no a ==, for it means nothing in a default row, in cell B2, but got 'x'",
        "row;queue;timeout              | default;WQ1;5 | no timeout, for it means nothing in a default row, in cell C2",
        "a ==;queue;more                | x;WQ1;[]    | Expected a JSON object in cell C2, but got '[]'",
      })
  void namesTheCellThatIsWrong(String headings, String cells, String message) {
    var table = headings + "\n" + cells + "\n";

    if (message.isEmpty()) {
      assertThat(read(table).filters()).hasSize(1);
    } else {
      assertThatThrownBy(() -> read(table))
          .isInstanceOf(TableError.class)
          .hasMessageStartingWith("Expected ")
          .hasMessageContaining(", but ")
          .hasMessageContaining(message);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void readsWhateverSeparatesTheHeadings(String separator) {
    var table = "\uFEFFname,a ==,queue\r\nGold,x,WQ1\r\n\r\n".replace(",", separator);

    assertThat(read(table).filters()).hasSize(1);
  }

  @Test
  void writesTextSoThatNoSpreadsheetRunsIt() {
    var document =
        """
        {"task_routing": {"filters": [
          {"filter_friendly_name": "=HYPERLINK(1)", "expression": "a == '+1' AND b == -1 AND c IN ['@x', -2]",
           "targets": [{"queue": "-q"}]},
          {"filter_friendly_name": "x;=cmd", "expression": "-1 < a", "targets": [{"queue": "WQ1"}]}]}}
        """;

    var csv =
        new String(
            TableFormat.CSV.write(TableWriter.write(null, document)), StandardCharsets.UTF_8);

    assertThat(csv)
        .isEqualTo(
            "\uFEFFrow,name,a ==,b ==,c IN,a >,queue,priority,timeout\r\n"
                + ",\"\"\"=HYPERLINK(1)\"\"\",\"\"\"+1\"\"\",-1,\"\"\"@x\"\"; -2\",,\"\"\"-q\"\"\",,\r\n"
                + ",\"\"\"x;\\u003dcmd\"\"\",,,,-1,WQ1,,\r\n");
    assertThat(read(csv)).isEqualTo(Instruction.parse(document));
  }

  private static Instruction read(String csv) {
    var grid = TableFormat.CSV.read(csv.getBytes(StandardCharsets.UTF_8));
    return Instruction.parse(TableReader.read(grid).document());
  }
}
