package dev.muster.rules;

import dev.muster.rules.Scope.BuiltIns;
import org.jspecify.annotations.Nullable;

/** The scopes that {@link Scope} makes. */
final class Scopes {

  private Scopes() {}

  record Nothing() implements Scope {

    @Override
    public @Nullable Object value(Path path) {
      return null;
    }

    @Override
    public boolean knows(Path path) {
      return false;
    }
  }

  record Joined(Scope first, Scope second) implements Scope {

    @Override
    public @Nullable Object value(Path path) {
      return first.knows(path) ? first.value(path) : second.value(path);
    }

    @Override
    public boolean knows(Path path) {
      return first.knows(path) || second.knows(path);
    }
  }

  record Unprefixed(Attributes attributes, BuiltIns builtIns) implements Scope {

    @Override
    public @Nullable Object value(Path path) {
      var builtIn = builtIns.value(path.text());
      return builtIn != null ? Values.normal(builtIn) : attributes.value(path);
    }
  }

  /** Names below a root; {@code fleeting} is the one whose value is never an attribute. */
  record Prefixed(String root, String fleeting, Attributes attributes, BuiltIns builtIns)
      implements Scope {

    @Override
    public @Nullable Object value(Path path) {
      if (!path.root().equals(root) || path.tail().isEmpty()) {
        return null;
      }
      var builtIn = builtIns.value(path.tail());
      if (builtIn != null) {
        return Values.normal(builtIn);
      }
      return path.tail().equals(fleeting) ? null : attributes.below(path);
    }

    @Override
    public boolean knows(Path path) {
      return path.root().equals(root)
          && (!path.tail().equals(fleeting) || builtIns.value(fleeting) != null);
    }
  }
}
