package io.bpfman.api.manifest;

import io.bpfman.api.v1alpha1.ApiNames;
import io.bpfman.api.v1alpha1.ApplicationProgram;
import io.bpfman.api.v1alpha1.ApplicationSpec;
import io.bpfman.api.v1alpha1.ApplicationStatus;
import io.bpfman.api.v1alpha1.ByteCodeImage;
import io.bpfman.api.v1alpha1.ByteCodeSelector;
import io.bpfman.api.v1alpha1.ImagePullSecret;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the schema, those that every API server adds for names, and those for what could
 * only fail or do nothing on every node, in plain Java. Pure.
 */
public final class ApplicationValidator {
  /** RFC 1123 subdomain. */
  private static final int MAX_NAME = 253;

  private static final int MAX_URL = 525;

  /** PATH_MAX of linux/limits.h less the terminating zero. */
  private static final int MAX_PATH = 4095;

  private final Rules rules;

  /** The application's namespace; null for a cluster-wide one, and where it is not known yet. */
  private final @Nullable String namespace;

  private ApplicationValidator(CustomResource<ApplicationSpec, ApplicationStatus> application) {
    this.rules = new Rules(application instanceof Namespaced);
    this.namespace =
        application instanceof Namespaced ? application.getMetadata().getNamespace() : null;
  }

  /** Broken rules in field order; empty for a valid application, of either kind. */
  public static List<FieldProblem> validate(
      CustomResource<ApplicationSpec, ApplicationStatus> application) {
    ApplicationValidator validator = new ApplicationValidator(application);
    validator.name(application.getMetadata().getName());
    validator.spec(application.getSpec());
    return List.copyOf(validator.rules.problems());
  }

  private void name(@Nullable String name) {
    if (!rules.required("metadata.name", name) || name == null) {
      return;
    }
    if (!Names.isObject(name, MAX_NAME)) {
      rules.report(
          "metadata.name",
          "\"%s\" is no object name: lower-case letters, digits, '-' and '.', at most %d characters"
              .formatted(name, Names.MAX_LABEL));
    } else if (name.length() > Names.MAX_LABEL) {
      rules.report(
          "metadata.name",
          "must have at most %d characters, because it becomes the label %s; has %d"
              .formatted(Names.MAX_LABEL, ApiNames.OWNER_LABEL, name.length()),
          FieldReason.TOO_LONG);
    }
  }

  private void spec(ApplicationSpec spec) {
    if (rules.required("spec.nodeSelector", spec.getNodeSelector())) {
      SelectorRules.labels(rules, "spec.nodeSelector", spec.getNodeSelector());
    }
    ByteCodeSelector byteCode = spec.getByteCode();
    if (rules.required("spec.byteCode", byteCode) && byteCode != null) {
      byteCode(byteCode);
    }
    SelectorRules.labels(rules, "spec.mapOwnerSelector", spec.getMapOwnerSelector());
    if (spec.getPrograms().isEmpty()) {
      rules.report("spec.programs", "needs at least one program", FieldReason.REQUIRED);
    }
    programs(spec.getPrograms());
  }

  private void byteCode(ByteCodeSelector byteCode) {
    Map<String, @Nullable Object> ways = new LinkedHashMap<>();
    ways.put("image", byteCode.getImage());
    ways.put("path", byteCode.getPath());
    rules.exactlyOne("spec.byteCode", ways);
    String path = byteCode.getPath();
    if (path != null) {
      path("spec.byteCode.path", path);
    }
    if (byteCode.getImage() != null) {
      image(byteCode.getImage());
    }
  }

  private void path(String at, String path) {
    boolean absolute = path.startsWith("/") && path.length() > 1 && !path.contains("//");
    if (path.length() > MAX_PATH) {
      rules.report(at, tooLong(MAX_PATH, path), FieldReason.TOO_LONG);
    } else if (!absolute || path.indexOf('\0') >= 0) {
      rules.report(at, "\"" + path + "\" is not an absolute path");
    }
  }

  private static String tooLong(int limit, String value) {
    return "must have at most " + limit + " characters, has " + value.length();
  }

  private void image(ByteCodeImage image) {
    String at = "spec.byteCode.image";
    String url = image.getUrl();
    if (rules.required(at + ".url", url) && url != null) {
      url(at + ".url", url);
    }
    ImagePullSecret secret = image.getImagePullSecret();
    if (secret != null) {
      secret(at + ".imagePullSecret", secret);
    }
  }

  private void url(String at, String url) {
    if (url.length() > MAX_URL) {
      rules.report(at, tooLong(MAX_URL, url), FieldReason.TOO_LONG);
      return;
    }
    ImageReference.problem(url)
        .ifPresent(
            problem -> rules.report(at, "\"" + url + "\" is no image reference: " + problem));
  }

  private void secret(String at, ImagePullSecret secret) {
    String name = secret.getName();
    if (rules.required(at + ".name", name) && name != null && !Names.isObject(name, MAX_NAME)) {
      rules.report(at + ".name", "\"" + name + "\" is no name of a secret");
    }
    String of = secret.getNamespace();
    if (rules.required(at + ".namespace", of) && of != null && !Names.isNamespace(of)) {
      rules.report(at + ".namespace", "\"" + of + "\" is no name of a namespace");
    } else {
      ownSecret(at + ".namespace", of);
    }
  }

  /** Who may write in one namespace only must not use the secrets of others. */
  private void ownSecret(String path, @Nullable String of) {
    if (namespace != null && of != null && !namespace.equals(of)) {
      rules.report(
          path,
          "\"%s\" is not the application's own namespace \"%s\"".formatted(of, namespace),
          FieldReason.FORBIDDEN);
    }
  }

  private void programs(List<ApplicationProgram> programs) {
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < programs.size(); i++) {
      String at = "spec.programs[" + i + "]";
      new ProgramRules(rules, at).check(programs.get(i));
      String name = programs.get(i).getName();
      Integer before = name == null ? null : seen.putIfAbsent(name, i);
      if (before != null) {
        rules.report(
            at + ".name",
            "\"" + name + "\" is already the name of spec.programs[" + before + "]",
            FieldReason.DUPLICATE);
      }
    }
  }
}
