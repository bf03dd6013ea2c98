package io.bpfman.nudge.core.pac;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A glob of {@code pathChanged()}, as gobwas/glob compiles it without separators: every star
 * crosses slashes, a question mark is one character, {@code [a-c]}, {@code [!a]} and {@code {x,y}}
 * work, a backslash quotes. It must match the whole path.
 */
public final class Glob {
  private final String text;
  private final Pattern pattern;
  private final String example;

  private Glob(String text, Pattern pattern, String example) {
    this.text = text;
    this.pattern = pattern;
    this.example = example;
  }

  /**
   * Compiles a glob.
   *
   * @throws IllegalArgumentException for one that makes Pipelines-as-Code panic
   */
  public static Glob of(String text) {
    try {
      Translation translation = new Translation(text);
      Pattern pattern = Pattern.compile(translation.run(), Pattern.DOTALL);
      return new Glob(text, pattern, translation.example.toString());
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("\"%s\" is no glob".formatted(text), e);
    }
  }

  /** True when the whole path matches. */
  public boolean matches(String path) {
    return pattern.matches(path);
  }

  /** A path that matches; for lists in brackets with exceptions it may fail to. */
  public String example() {
    return example;
  }

  @Override
  public String toString() {
    return text;
  }

  /** From glob to regular expression. */
  private static final class Translation {
    private final String glob;
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder example = new StringBuilder();
    private int at;
    private int depth;

    /** Depth of the braces whose first alternative is in the example already; 0 outside. */
    private int skipped;

    Translation(String glob) {
      this.glob = glob;
    }

    String run() {
      while (at < glob.length()) {
        next(glob.charAt(at++));
      }
      if (depth > 0) {
        throw new IllegalArgumentException("\"%s\" lacks a closing brace".formatted(glob));
      }
      return out.toString();
    }

    private void next(char letter) {
      switch (letter) {
        case '*' -> any(".*");
        case '?' -> any(".");
        case '[' -> list();
        case '{' -> open();
        case '}' -> close();
        case ',' -> comma();
        case '\\' -> literal(at < glob.length() ? glob.charAt(at++) : '\\');
        default -> literal(letter);
      }
    }

    private void any(String regex) {
      out.append(regex);
      show('x');
    }

    private void show(char letter) {
      if (skipped == 0) {
        example.append(letter);
      }
    }

    private void comma() {
      if (depth == 0) {
        literal(',');
        return;
      }
      out.append('|');
      skipped = skipped == 0 ? depth : skipped;
    }

    private void open() {
      depth++;
      out.append("(?:");
    }

    private void close() {
      if (depth == 0) {
        literal('}');
      } else {
        skipped = skipped == depth ? 0 : skipped;
        depth--;
        out.append(')');
      }
    }

    private void list() {
      int end = glob.indexOf(']', at);
      if (end <= at) {
        throw new IllegalArgumentException("\"%s\" lacks a closing bracket".formatted(glob));
      }
      String inner = glob.substring(at, end);
      boolean not = inner.startsWith("!");
      String members = (not ? inner.substring(1) : inner).replaceAll("([\\[\\]\\\\^&])", "\\\\$1");
      out.append(not ? "[^" : "[").append(members).append(']');
      show(not ? 'x' : inner.charAt(0));
      at = end + 1;
    }

    private void literal(char letter) {
      show(letter);
      out.append(Pattern.quote(String.valueOf(letter)));
    }
  }
}
