package dev.muster.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * Where the engine's processes stand, from what {@link WhereaboutsExporter} wrote.
 *
 * @param byTask the places of the live processes of each task, one list for each process
 * @param started how many processes were ever started
 * @param incidents their messages
 * @param lateness of each timer that fired, in milliseconds
 */
record Whereabouts(
    Map<String, List<List<String>>> byTask,
    int started,
    List<String> incidents,
    List<Long> lateness) {

  private static final String PROCESS = "muster-task";

  /** Settings of a broker that writes to the file, as environment variables. */
  static Map<String, String> writtenTo(Path file) {
    var name = "ZEEBE_BROKER_EXPORTERS_WHEREABOUTS_";
    return Map.of(
        name + "CLASSNAME", WhereaboutsExporter.class.getName(),
        name + "JARPATH", jar(file.resolveSibling("whereabouts.jar")).toString(),
        name + "ARGS_FILE", file.toString());
  }

  /** The broker gives exporters a class loader of their own, which wants an archive. */
  private static Path jar(Path archive) {
    var classes = WhereaboutsExporter.class.getName().replace('.', '/');
    try (OutputStream file = Files.newOutputStream(archive);
        var jar = new JarOutputStream(file)) {
      for (var part : List.of(".class", "$1.class")) {
        jar.putNextEntry(new JarEntry(classes + part));
        try (var code = WhereaboutsExporter.class.getResourceAsStream("/" + classes + part)) {
          code.transferTo(jar);
        }
        jar.closeEntry();
      }
      return archive;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Whereabouts in(Path file) {
    try (var lines = Files.lines(file)) {
      var reading = new Reading();
      lines.forEach(reading::line);
      return reading.result();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Reading {

    private final Map<Long, String> tasks = new HashMap<>();
    private final Map<Long, Map<String, String>> places = new LinkedHashMap<>();
    private final Map<String, String> assignees = new HashMap<>();
    private final List<String> incidents = new ArrayList<>();
    private final List<Long> lateness = new ArrayList<>();
    private long position;

    /** A broker that was killed tells again what it is not sure to have told. */
    private void line(String line) {
      var fields = line.split("\t", 4);
      var at = Long.parseLong(fields[0]);
      if (at > position) {
        position = at;
        note(Long.valueOf(fields[1]), fields[2], fields[3]);
      }
    }

    private void note(Long process, String what, String text) {
      var words = text.split(" ", 2);
      switch (what) {
        case "enters" ->
            places.computeIfAbsent(process, key -> new LinkedHashMap<>()).put(words[0], words[1]);
        case "leaves" -> places.getOrDefault(process, new HashMap<>()).remove(words[0]);
        case "assignee" -> {
          if (!words[1].isEmpty()) {
            assignees.put(words[0], words[1]);
          }
        }
        case "task" -> tasks.put(process, text.replace("\"", ""));
        case "incident" -> incidents.add("process %d: %s".formatted(process, text));
        case "timer" -> lateness.add(Long.valueOf(text));
        default -> throw new IllegalStateException("Expected a record, but got " + what);
      }
    }

    private Whereabouts result() {
      var byTask = new HashMap<String, List<List<String>>>();
      places.forEach(
          (process, present) -> {
            if (present.containsValue(PROCESS)) {
              byTask
                  .computeIfAbsent(
                      tasks.getOrDefault(process, "process " + process), key -> new ArrayList<>())
                  .add(named(present));
            }
          });
      return new Whereabouts(byTask, places.size(), incidents, lateness);
    }

    /** The places without the process itself, a user task with whose it is. */
    private List<String> named(Map<String, String> present) {
      return present.entrySet().stream()
          .filter(place -> !place.getValue().equals(PROCESS))
          .map(
              place ->
                  assignees.containsKey(place.getKey())
                      ? place.getValue() + " of " + assignees.get(place.getKey())
                      : place.getValue())
          .toList();
    }
  }
}
