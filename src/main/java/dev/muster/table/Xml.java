package dev.muster.table;

import java.io.ByteArrayInputStream;
import java.util.Objects;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads an XML part from its start to its end, without document types and hence without entities of
 * its own. Names are local names, for the two editions of the format differ in their namespaces.
 */
final class Xml implements AutoCloseable {

  private static final XMLInputFactory FACTORY = factory();

  private final XMLStreamReader reader;

  Xml(byte[] part) {
    try {
      this.reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(part));
    } catch (XMLStreamException malformed) {
      throw refuse(malformed);
    }
  }

  /** Goes on to the next start or end of an element; false at the end of the part. */
  boolean next() {
    try {
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT, XMLStreamConstants.END_ELEMENT -> {
            return true;
          }
          case XMLStreamConstants.DTD ->
              throw new TableError(
                  "Expected an XLSX workbook, but it has a document type declaration");
          default -> {}
        }
      }
      return false;
    } catch (XMLStreamException malformed) {
      throw refuse(malformed);
    }
  }

  /** Goes on to the next start of such an element. */
  boolean next(String element) {
    while (next()) {
      if (starts(element)) {
        return true;
      }
    }
    return false;
  }

  boolean starts(String element) {
    return reader.isStartElement() && reader.getLocalName().equals(element);
  }

  boolean ends(String element) {
    return reader.isEndElement() && reader.getLocalName().equals(element);
  }

  /** An attribute of the element that starts here; empty if there is none. */
  String attribute(String name) {
    for (int at = 0; at < reader.getAttributeCount(); at++) {
      if (reader.getAttributeLocalName(at).equals(name)) {
        return Objects.toString(reader.getAttributeValue(at), "");
      }
    }
    return "";
  }

  /** The text of the element that starts here, which has no elements inside. */
  String text() {
    try {
      return reader.getElementText();
    } catch (XMLStreamException malformed) {
      throw refuse(malformed);
    }
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (XMLStreamException malformed) {
      throw refuse(malformed);
    }
  }

  private static TableError refuse(XMLStreamException malformed) {
    var message = String.valueOf(malformed.getMessage()).replaceAll("\\s+", " ");
    return new TableError("Expected an XLSX workbook, but its XML is broken: " + message);
  }

  /** The platform's own parser, whatever else is on the class path. */
  private static XMLInputFactory factory() {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }
}
