package dev.muster.process;

import static dev.muster.process.BpmnModel.BPMN;
import static dev.muster.process.BpmnModel.DIAGRAM;
import static dev.muster.process.BpmnModel.holds;
import static dev.muster.process.BpmnModel.id;
import static dev.muster.process.BpmnModel.ids;
import static dev.muster.process.BpmnModel.references;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/**
 * Reads the models as source code is read: names, loose ends, and whether people can see it all.
 */
class ModelsTest {

  static List<BpmnModel> models() throws IOException {
    try (var files = Files.walk(Path.of("bpmn"))) {
      return files
          .filter(file -> file.toString().endsWith(".bpmn"))
          .sorted()
          .map(BpmnModel::read)
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void namesElementsByTheirKind(BpmnModel model) {
    assertThat(ids(model.nodes())).containsAll(model.connected());
    for (var node : model.nodes()) {
      assertThat(id(node)).matches(kind(node) + "_[A-Z][A-Za-z]+");
      assertThat(node.getAttribute("name")).as(id(node)).isNotBlank();
    }
    assertThat(model.all(BPMN, "sequenceFlow"))
        .allSatisfy(flow -> assertThat(id(flow)).matches("flow_[A-Z][A-Za-z]+"));
    assertThat(model.all(BPMN, "process"))
        .allSatisfy(process -> assertThat(process.getAttribute("name")).isNotBlank());
  }

  private static String kind(Element node) {
    return switch (node.getLocalName()) {
      case "exclusiveGateway" -> "gateway";
      case "boundaryEvent" ->
          holds(node, "timerEventDefinition")
              ? "timer"
              : holds(node, "errorEventDefinition") ? "error" : "message";
      default -> node.getLocalName();
    };
  }

  @ParameterizedTest
  @MethodSource("models")
  void asksAtEveryGatewayAndAnswersOnEveryWayOut(BpmnModel model) {
    for (var gateway : model.all(BPMN, "exclusiveGateway")) {
      assertThat(gateway.getAttribute("name")).endsWith("?");
      var ways = model.flows("sourceRef", id(gateway));
      assertThat(ways).hasSizeGreaterThan(1);
      assertThat(ways)
          .allSatisfy(
              way -> {
                assertThat(way.getAttribute("name")).isNotBlank();
                assertThat(
                        holds(way, "conditionExpression")
                            || id(way).equals(gateway.getAttribute("default")))
                    .isTrue();
              });
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void hasNoLooseEnds(BpmnModel model) {
    for (var node : model.nodes()) {
      var id = id(node);
      var leaves = node.getLocalName().equals("endEvent");
      var enters = Set.of("startEvent", "boundaryEvent").contains(node.getLocalName());
      assertThat(model.flows("sourceRef", id))
          .as(id)
          .hasSizeBetween(leaves ? 0 : 1, leaves ? 0 : 9);
      assertThat(model.flows("targetRef", id))
          .as(id)
          .hasSizeBetween(enters ? 0 : 1, enters ? 0 : 9);
      assertThat(references(node, "outgoing")).isEqualTo(ids(model.flows("sourceRef", id)));
      assertThat(references(node, "incoming")).isEqualTo(ids(model.flows("targetRef", id)));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void givesEveryIdOnce(BpmnModel model) {
    assertThat(model.ids()).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("models")
  void drawsEveryElementOnceWithoutOverlap(BpmnModel model) {
    var drawn =
        Stream.of("BPMNShape", "BPMNEdge")
            .flatMap(kind -> model.all(DIAGRAM, kind).stream())
            .map(shape -> shape.getAttribute("bpmnElement"))
            .toList();
    var meant =
        Stream.of(model.nodes(), model.all(BPMN, "sequenceFlow"), model.all(BPMN, "textAnnotation"))
            .flatMap(List::stream)
            .map(BpmnModel::id)
            .toList();

    assertThat(drawn).containsExactlyInAnyOrderElementsOf(meant);
    var boxes =
        model.all(DIAGRAM, "BPMNShape").stream()
            .filter(shape -> shape.getAttribute("bpmnElement").contains("Task_"))
            .map(BpmnModel::box)
            .toList();
    for (var box : boxes) {
      assertThat(boxes).filteredOn(box::intersects).containsExactly(box);
    }
  }
}
