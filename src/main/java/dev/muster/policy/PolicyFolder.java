package dev.muster.policy;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.TreeMap;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The folder in which the operator keeps policies.
 *
 * <p>A look reads all that is there. The files are few and small, and nothing less is sure to see
 * every change: a copy may keep its old time and size, and word from the file system does not come
 * through network drives, through mounts from another system, or after the folder itself was
 * exchanged.
 */
@Component
class PolicyFolder {

  private static final Path USUAL = Path.of("rules", "policy");

  /** Hidden files are an editor's, or the works of a mounted config map. */
  private static final String FILES = "[!.]*.{yaml,yml}";

  private final Path path;
  private volatile boolean expected;

  @Autowired
  PolicyFolder(PolicySettings settings) {
    this(
        settings.folder().isBlank() ? USUAL : Path.of(settings.folder()),
        !settings.folder().isBlank());
  }

  /**
   * A folder at this place.
   *
   * @param expected whether it must be there
   */
  PolicyFolder(Path path, boolean expected) {
    this.path = path;
    this.expected = expected;
  }

  boolean isThere() {
    return Files.isDirectory(path);
  }

  /** What is there now. A folder may be missing only until there was one, and unless configured. */
  Sight look() {
    if (isThere()) {
      expected = true;
      return read();
    }
    return expected
        ? unreadable("Expected %s to be a folder with policies, but there is none".formatted(path))
        : new Sight(Collections.emptySortedMap(), null);
  }

  private Sight read() {
    var texts = new TreeMap<String, String>();
    try (var files = Files.newDirectoryStream(path, FILES)) {
      for (var file : files) {
        texts.put(file.toString(), Files.readString(file));
      }
      return new Sight(Collections.unmodifiableSortedMap(texts), null);
    } catch (CharacterCodingException notUtf8) {
      return unreadable(
          "Expected the files in %s to be text in UTF-8, but one is not".formatted(path));
    } catch (IOException | DirectoryIteratorException failure) {
      return unreadable("Expected to read the files in %s, but got %s".formatted(path, failure));
    }
  }

  private static Sight unreadable(String sentence) {
    return new Sight(Collections.emptySortedMap(), sentence);
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
