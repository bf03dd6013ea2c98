package io.bpfman.api.manifest;

import io.bpfman.api.v1alpha1.ApplicationProgram;
import io.bpfman.api.v1alpha1.ApplicationSpec;
import io.bpfman.api.v1alpha1.ApplicationStatus;
import io.bpfman.api.v1alpha1.ByteCodeImage;
import io.bpfman.api.v1alpha1.ByteCodeSelector;
import io.bpfman.api.v1alpha1.ImagePullSecret;
import io.bpfman.api.v1alpha1.Patterns;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules of the schema, and those that every API server adds for names, in plain Java. Pure. */
public final class ApplicationValidator {
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  /** RFC 1123 subdomain. */
  private static final int MAX_NAME = 253;

  private static final int MAX_URL = 525;
  private static final Pattern IMAGE = Pattern.compile(Patterns.IMAGE);
  private static final Pattern PATH = Pattern.compile(Patterns.JAVA_PATH);

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
    if (name.length() > MAX_NAME || !NAME.matcher(name).matches()) {
      rules.report(
          "metadata.name",
          "\"%s\" is no object name: lower-case letters, digits, '-' and '.', at most %d characters"
              .formatted(name, MAX_NAME));
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
      rules.report("spec.programs", "needs at least one program");
    }
    programs(spec.getPrograms());
  }

  private void byteCode(ByteCodeSelector byteCode) {
    Map<String, @Nullable Object> ways = new LinkedHashMap<>();
    ways.put("image", byteCode.getImage());
    ways.put("path", byteCode.getPath());
    rules.exactlyOne("spec.byteCode", ways);
    String path = byteCode.getPath();
    if (path != null && !PATH.matcher(path).find()) {
      rules.report("spec.byteCode.path", "\"" + path + "\" is not an absolute path");
    }
    if (byteCode.getImage() != null) {
      image(byteCode.getImage());
    }
  }

  private void image(ByteCodeImage image) {
    String at = "spec.byteCode.image";
    String url = image.getUrl();
    if (rules.required(at + ".url", url) && url != null) {
      if (url.length() > MAX_URL) {
        rules.report(at + ".url", "must have at most 525 characters, has " + url.length());
      } else if (!IMAGE.matcher(url).find()) {
        rules.report(at + ".url", "\"" + url + "\" is no image reference");
      }
    }
    ImagePullSecret secret = image.getImagePullSecret();
    if (secret != null) {
      rules.required(at + ".imagePullSecret.name", secret.getName());
      rules.required(at + ".imagePullSecret.namespace", secret.getNamespace());
      ownSecret(at + ".imagePullSecret.namespace", secret.getNamespace());
    }
  }

  /** Who may write in one namespace only must not use the secrets of others. */
  private void ownSecret(String path, @Nullable String of) {
    if (namespace != null && of != null && !namespace.equals(of)) {
      rules.report(
          path, "\"%s\" is not the application's own namespace \"%s\"".formatted(of, namespace));
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
            at + ".name", "\"" + name + "\" is already the name of spec.programs[" + before + "]");
      }
    }
  }
}
