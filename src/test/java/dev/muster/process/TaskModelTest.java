package dev.muster.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads the model as source code is read: names, loose ends, and what it shares with Java. */
class TaskModelTest {

  private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
  private static final String DIAGRAM = "http://www.omg.org/spec/BPMN/20100524/DI";
  private static final String ZEEBE = "http://camunda.org/schema/zeebe/1.0";

  private static final List<String> NODES =
      List.of(
          "startEvent",
          "endEvent",
          "boundaryEvent",
          "exclusiveGateway",
          "receiveTask",
          "serviceTask",
          "userTask");

  private final Document model = read();

  @Test
  void namesElementsByTheirKind() {
    for (var node : nodes()) {
      var kind =
          switch (node.getLocalName()) {
            case "exclusiveGateway" -> "gateway";
            case "boundaryEvent" ->
                node.getElementsByTagNameNS(BPMN, "timerEventDefinition").getLength() > 0
                    ? "timer"
                    : "message";
            default -> node.getLocalName();
          };
      assertThat(node.getAttribute("id")).matches(kind + "_[A-Z][A-Za-z]+");
      assertThat(node.getAttribute("name")).as(node.getAttribute("id")).isNotBlank();
    }
    assertThat(all(BPMN, "sequenceFlow"))
        .allSatisfy(flow -> assertThat(id(flow)).matches("flow_[A-Z][A-Za-z]+"));
  }

  @Test
  void asksAtEveryGatewayAndAnswersOnEveryWayOut() {
    for (var gateway : all(BPMN, "exclusiveGateway")) {
      assertThat(gateway.getAttribute("name")).endsWith("?");
      var ways = flows("sourceRef", id(gateway));
      assertThat(ways).hasSizeGreaterThan(1);
      assertThat(ways)
          .allSatisfy(
              way -> {
                assertThat(way.getAttribute("name")).isNotBlank();
                assertThat(way.getElementsByTagNameNS(BPMN, "conditionExpression").getLength())
                    .isEqualTo(1);
              });
    }
  }

  @Test
  void hasNoLooseEnds() {
    for (var node : nodes()) {
      var id = id(node);
      var leaves = node.getLocalName().equals("endEvent");
      var enters = Set.of("startEvent", "boundaryEvent").contains(node.getLocalName());
      assertThat(flows("sourceRef", id)).as(id).hasSizeBetween(leaves ? 0 : 1, leaves ? 0 : 9);
      assertThat(flows("targetRef", id)).as(id).hasSizeBetween(enters ? 0 : 1, enters ? 0 : 9);
      assertThat(references(node, "outgoing")).isEqualTo(ids(flows("sourceRef", id)));
      assertThat(references(node, "incoming")).isEqualTo(ids(flows("targetRef", id)));
    }
  }

  @Test
  void givesEveryIdOnce() {
    var ids = everything().map(TaskModelTest::id).filter(id -> !id.isEmpty()).toList();

    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void drawsEveryElementOnceWithoutOverlap() {
    var drawn =
        Stream.concat(all(DIAGRAM, "BPMNShape").stream(), all(DIAGRAM, "BPMNEdge").stream())
            .map(shape -> shape.getAttribute("bpmnElement"))
            .toList();
    var meant =
        Stream.concat(nodes().stream(), all(BPMN, "sequenceFlow").stream())
            .map(TaskModelTest::id)
            .toList();

    assertThat(drawn).containsExactlyInAnyOrderElementsOf(meant);
    var boxes =
        all(DIAGRAM, "BPMNShape").stream()
            .filter(shape -> shape.getAttribute("bpmnElement").contains("Task_"))
            .map(TaskModelTest::box)
            .toList();
    for (var box : boxes) {
      assertThat(boxes).filteredOn(box::intersects).containsExactly(box);
    }
  }

  @Test
  void knowsTheConstantsOfJava() {
    var text = text();
    for (var constant : constants().entrySet()) {
      assertThat(text)
          .as(constant.getKey())
          .containsPattern("\\b%s\\b".formatted(constant.getValue()));
    }
    assertThat(ids(all(BPMN, "process"))).containsExactly(TaskProcess.ID);
  }

  @Test
  void usesNoNameThatJavaDoesNotKnow() {
    var names = new HashSet<String>();
    all(BPMN, "message").forEach(message -> names.add(message.getAttribute("name")));
    all(ZEEBE, "taskDefinition").forEach(job -> names.add(job.getAttribute("type")));
    all(ZEEBE, "input").forEach(input -> names.add(input.getAttribute("target")));
    all(ZEEBE, "loopCharacteristics")
        .forEach(loop -> names.add(loop.getAttribute("inputCollection").substring(1)));
    all(ZEEBE, "subscription")
        .forEach(message -> names.add(message.getAttribute("correlationKey").substring(1)));
    all(BPMN, "timeDate").forEach(timer -> names.add(timer.getTextContent().substring(1)));
    all(BPMN, "conditionExpression")
        .forEach(condition -> names.add(condition.getTextContent().split("[= ]+")[1]));

    assertThat(constants().values()).containsAll(names);
  }

  @Test
  void knowsEveryStageAndEveryEndOfTime() {
    var stages =
        Arrays.stream(Stage.class.getPermittedSubclasses())
            .map(stage -> stage.getSimpleName().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    var overs =
        Arrays.stream(Stage.Over.values()).map(Stage.Over::word).collect(Collectors.toSet());

    assertThat(compared(TaskProcess.STAGE)).isEqualTo(stages);
    assertThat(compared(TaskProcess.OVER)).isEqualTo(overs);
  }

  /** The values that conditions compare a variable with. */
  private Set<String> compared(String variable) {
    var comparison = Pattern.compile("=%s = \"(\\w+)\"".formatted(variable));
    return all(BPMN, "conditionExpression").stream()
        .map(condition -> comparison.matcher(condition.getTextContent()))
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .collect(Collectors.toSet());
  }

  private static Map<String, String> constants() {
    return Arrays.stream(TaskProcess.class.getDeclaredFields())
        .filter(field -> Modifier.isStatic(field.getModifiers()))
        .filter(field -> !field.getName().equals("MODEL"))
        .collect(Collectors.toMap(Field::getName, TaskModelTest::value));
  }

  private static String value(Field field) {
    try {
      return (String) field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Element> nodes() {
    return NODES.stream().flatMap(kind -> all(BPMN, kind).stream()).toList();
  }

  private List<Element> flows(String end, String node) {
    return all(BPMN, "sequenceFlow").stream()
        .filter(flow -> flow.getAttribute(end).equals(node))
        .toList();
  }

  private static Set<String> references(Element node, String kind) {
    return elements(node.getElementsByTagNameNS(BPMN, kind), Element::getTextContent)
        .collect(Collectors.toSet());
  }

  private static Set<String> ids(List<Element> elements) {
    return elements.stream().map(TaskModelTest::id).collect(Collectors.toSet());
  }

  private static String id(Element element) {
    return element.getAttribute("id");
  }

  private List<Element> all(String namespace, String name) {
    return elements(model.getElementsByTagNameNS(namespace, name), Function.identity()).toList();
  }

  private Stream<Element> everything() {
    return elements(model.getElementsByTagNameNS("*", "*"), Function.identity());
  }

  private static <T> Stream<T> elements(NodeList nodes, Function<Element, T> function) {
    return IntStream.range(0, nodes.getLength())
        .mapToObj(index -> function.apply((Element) nodes.item(index)));
  }

  private static Rectangle box(Element shape) {
    var bounds =
        (Element)
            shape
                .getElementsByTagNameNS("http://www.omg.org/spec/DD/20100524/DC", "Bounds")
                .item(0);
    return new Rectangle(
        Integer.parseInt(bounds.getAttribute("x")),
        Integer.parseInt(bounds.getAttribute("y")),
        Integer.parseInt(bounds.getAttribute("width")),
        Integer.parseInt(bounds.getAttribute("height")));
  }

  private static String text() {
    try {
      return new ClassPathResource(TaskProcess.MODEL).getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Document read() {
    try (var stream = new ClassPathResource(TaskProcess.MODEL).getInputStream()) {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      return factory.newDocumentBuilder().parse(stream);
    } catch (IOException | SAXException | ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }
}
