package dev.muster.process;

import java.awt.Rectangle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A model as a file of source code. */
record BpmnModel(Path file, Document document) {

  static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
  static final String DIAGRAM = "http://www.omg.org/spec/BPMN/20100524/DI";
  static final String ZEEBE = "http://camunda.org/schema/zeebe/1.0";

  private static final List<String> NODES =
      List.of(
          "startEvent",
          "endEvent",
          "boundaryEvent",
          "exclusiveGateway",
          "receiveTask",
          "serviceTask",
          "userTask");

  static BpmnModel read(Path file) {
    try (var stream = Files.newInputStream(file)) {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      return new BpmnModel(file, factory.newDocumentBuilder().parse(stream));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SAXException | ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  String text() {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Element> nodes() {
    return NODES.stream().flatMap(kind -> all(BPMN, kind).stream()).toList();
  }

  /** Whatever the process holds that is a node by its incoming or outgoing flows. */
  Set<String> connected() {
    return all(BPMN, "sequenceFlow").stream()
        .flatMap(flow -> Stream.of(flow.getAttribute("sourceRef"), flow.getAttribute("targetRef")))
        .collect(Collectors.toSet());
  }

  List<Element> flows(String end, String node) {
    return all(BPMN, "sequenceFlow").stream()
        .filter(flow -> flow.getAttribute(end).equals(node))
        .toList();
  }

  List<Element> all(String namespace, String name) {
    return elements(document.getElementsByTagNameNS(namespace, name), Function.identity()).toList();
  }

  List<String> ids() {
    return elements(document.getElementsByTagNameNS("*", "*"), BpmnModel::id)
        .filter(id -> !id.isEmpty())
        .toList();
  }

  static Set<String> references(Element node, String kind) {
    return elements(node.getElementsByTagNameNS(BPMN, kind), Element::getTextContent)
        .collect(Collectors.toSet());
  }

  static Set<String> ids(List<Element> elements) {
    return elements.stream().map(BpmnModel::id).collect(Collectors.toSet());
  }

  static String id(Element element) {
    return element.getAttribute("id");
  }

  static boolean holds(Element element, String kind) {
    return element.getElementsByTagNameNS(BPMN, kind).getLength() > 0;
  }

  static Rectangle box(Element shape) {
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

  private static <T> Stream<T> elements(NodeList nodes, Function<Element, T> function) {
    return IntStream.range(0, nodes.getLength())
        .mapToObj(index -> function.apply((Element) nodes.item(index)));
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
