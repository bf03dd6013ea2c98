package io.bpfman.api.crd;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The Javadoc of source files as plain text, so that `kubectl explain` says what the Java API says.
 */
final class Javadocs {
  private final String packageName;

  /** Simple class name, or that and the name of a method. */
  private final Map<String, String> texts = new HashMap<>();

  private Javadocs(String packageName) {
    this.packageName = packageName;
  }

  /** Reads the classes of one package. */
  static Javadocs of(Path directory, String packageName) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Javadocs docs = new Javadocs(packageName);
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> sources = Files.list(directory)) {
      List<Path> java = sources.filter(file -> file.toString().endsWith(".java")).toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(java));
      DocTrees trees = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        docs.new Scanner(trees).scan(unit, null);
      }
    }
    return docs;
  }

  Optional<String> type(Class<?> type) {
    return type.getPackageName().equals(packageName)
        ? Optional.ofNullable(texts.get(type.getSimpleName()))
        : Optional.empty();
  }

  /** Of the getter, or else of the field's own type. */
  Optional<String> getter(Field field) {
    String name = field.getName();
    String suffix = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    String verb = field.getType() == boolean.class ? "is" : "get";
    if (!field.getDeclaringClass().getPackageName().equals(packageName)) {
      return Optional.empty();
    }
    String own = texts.get(field.getDeclaringClass().getSimpleName() + "." + verb + suffix);
    return own == null ? type(field.getType()) : Optional.of(own);
  }

  private final class Scanner extends TreePathScanner<Void, Void> {
    private final DocTrees trees;
    private String className = "";

    private Scanner(DocTrees trees) {
      this.trees = trees;
    }

    @Override
    public Void visitClass(ClassTree tree, Void unused) {
      className = tree.getSimpleName().toString();
      remember(className, getCurrentPath());
      return super.visitClass(tree, unused);
    }

    @Override
    public Void visitMethod(MethodTree tree, Void unused) {
      remember(className + "." + tree.getName(), getCurrentPath());
      return null;
    }

    private void remember(String key, TreePath path) {
      var comment = trees.getDocCommentTree(path);
      if (comment != null) {
        texts.put(
            key,
            comment.getFullBody().stream()
                .map(Javadocs.this::text)
                .collect(Collectors.joining())
                .replaceAll("\\s+", " ")
                .strip());
      }
    }
  }

  private String text(DocTree part) {
    return switch (part) {
      case TextTree plain -> plain.getBody();
      case LiteralTree literal -> literal.getBody().getBody();
      case LinkTree link -> linked(link.getReference().getSignature());
      default -> throw new IllegalStateException("a description cannot show " + part);
    };
  }

  /**
   * What a link to a constant, to a class of constants, or to another class means in a manifest.
   */
  private String linked(String signature) {
    int hash = signature.indexOf('#');
    String type = hash < 0 ? signature : signature.substring(0, hash);
    try {
      Class<?> target = Class.forName(type.contains(".") ? type : packageName + "." + type);
      if (hash >= 0) {
        return value(target.getField(signature.substring(hash + 1)));
      }
      List<Field> constants =
          Arrays.stream(target.getFields())
              .filter(field -> Modifier.isStatic(field.getModifiers()))
              .filter(field -> field.getType() == String.class)
              .toList();
      return target.getConstructors().length > 0 || constants.isEmpty()
          ? target.getSimpleName()
          : constants.stream().map(Javadocs::value).collect(Collectors.joining(", "));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Javadoc links to " + signature, e);
    }
  }

  private static String value(Field constant) {
    JsonProperty name = constant.getAnnotation(JsonProperty.class);
    if (name != null) {
      return name.value();
    }
    try {
      return String.valueOf(constant.get(null));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(constant + " is not public", e);
    }
  }
}
