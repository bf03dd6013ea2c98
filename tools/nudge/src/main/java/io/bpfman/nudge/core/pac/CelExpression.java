package io.bpfman.nudge.core.pac;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.bpfman.nudge.core.Place;
import io.bpfman.nudge.core.UnusableInputException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A CEL expression over what Pipelines-as-Code gives it; evaluated by Google's CEL. */
final class CelExpression {
  private static final String PATH_CHANGED = "pathChanged";
  private static final String OVERLOAD = "string_path_changed";

  /** Longest expression that is compiled, characters. */
  private static final int MAX_LENGTH = 16_384;

  private static final List<String> STRINGS =
      List.of(
          "event",
          "event_type",
          "target_branch",
          "source_branch",
          "target_url",
          "source_url",
          "event_title");
  private static final CelCompiler COMPILER = compiler();

  private final CelAbstractSyntaxTree tree;
  private final Place place;

  private CelExpression(CelAbstractSyntaxTree tree, Place place) {
    this.tree = tree;
    this.place = place;
  }

  static CelExpression compile(String text, Place place) {
    if (text.length() > MAX_LENGTH) {
      throw new UnusableInputException(
          place, "is a CEL expression of more than %d characters".formatted(MAX_LENGTH));
    }
    try {
      CelAbstractSyntaxTree tree = COMPILER.compile(text).getAst();
      return new CelExpression(tree, place);
    } catch (CelValidationException e) {
      String issues =
          e.getErrors().stream().map(CelIssue::getMessage).collect(Collectors.joining("; "));
      throw new UnusableInputException(place, "is no valid CEL expression: " + issues, e);
    }
  }

  boolean evaluate(Event event) {
    try {
      Object result = runtime(event).createProgram(tree).eval(variables(event));
      return Boolean.TRUE.equals(result);
    } catch (CelEvaluationException e) {
      throw new UnusableInputException(
          place, "cannot be evaluated for a %s: %s".formatted(event.type(), reason(e)), e);
    }
  }

  /** Globs that are written out in the expression. */
  Set<String> globs() {
    return CelNavigableAst.fromAst(tree)
        .getRoot()
        .allNodes()
        .map(CelNavigableExpr::expr)
        .filter(expr -> expr.getKind() == Kind.CALL)
        .filter(expr -> expr.call().function().equals(PATH_CHANGED))
        .flatMap(expr -> expr.call().target().stream())
        .filter(target -> target.getKind() == Kind.CONSTANT)
        .map(target -> target.constant().stringValue())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** What a glob says is clearer than that a function failed. */
  private static String reason(CelEvaluationException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IllegalArgumentException glob) {
        return String.valueOf(glob.getMessage());
      }
    }
    return String.valueOf(e.getMessage());
  }

  private static Map<String, Object> variables(Event event) {
    Map<String, Object> variables = new HashMap<>();
    STRINGS.forEach(name -> variables.put(name, ""));
    variables.put("event", event.type());
    variables.put("event_type", event.type());
    variables.put("target_branch", event.branch());
    variables.put("source_branch", event.branch());
    variables.put("headers", Map.of());
    variables.put("body", Map.of());
    List<String> files = event.files().stream().sorted().toList();
    variables.put(
        "files",
        Map.of(
            "all",
            files,
            "modified",
            files,
            "added",
            List.of(),
            "deleted",
            List.of(),
            "renamed",
            List.of()));
    return variables;
  }

  private static CelCompiler compiler() {
    var builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setResultType(SimpleType.BOOL)
            .addVar("headers", MapType.create(SimpleType.STRING, SimpleType.DYN))
            .addVar("body", MapType.create(SimpleType.STRING, SimpleType.DYN))
            .addVar("files", MapType.create(SimpleType.STRING, SimpleType.DYN))
            .addFunctionDeclarations(
                CelFunctionDecl.newFunctionDeclaration(
                    PATH_CHANGED,
                    CelOverloadDecl.newMemberOverload(
                        OVERLOAD, SimpleType.BOOL, SimpleType.STRING)));
    STRINGS.forEach(name -> builder.addVar(name, SimpleType.STRING));
    return builder.build();
  }

  private static CelRuntime runtime(Event event) {
    ImmutableList<String> files = ImmutableList.copyOf(event.files());
    return CelRuntimeFactory.standardCelRuntimeBuilder()
        .addFunctionBindings(
            CelFunctionBinding.from(OVERLOAD, String.class, glob -> changed(glob, files)))
        .build();
  }

  private static boolean changed(String text, List<String> files) {
    Glob glob = Glob.of(text);
    return files.stream().anyMatch(glob::matches);
  }
}
