package dev.muster.local;

import dev.muster.Muster;
import java.io.IOException;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/**
 * Keeps the component scan to what the jar will hold, although the tests' classes are on the class
 * path too.
 */
public final class PackagedOnly extends TypeExcludeFilter {

  private final String packaged =
      Muster.class.getProtectionDomain().getCodeSource().getLocation().toString();

  @Override
  public boolean match(MetadataReader candidate, MetadataReaderFactory factory) throws IOException {
    return !candidate.getResource().getURL().toString().contains(packaged);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PackagedOnly;
  }

  @Override
  public int hashCode() {
    return PackagedOnly.class.hashCode();
  }
}
