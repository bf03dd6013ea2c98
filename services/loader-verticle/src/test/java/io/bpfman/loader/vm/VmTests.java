package io.bpfman.loader.vm;

import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.reporting.legacy.xml.LegacyXmlReportGeneratingListener;

/**
 * Runs every test tagged "vm" in this one process, because starting a JVM in the virtual machine
 * takes longer than most tests. The first argument is a directory that gets one report for each
 * class, named and laid out as Surefire's; the second, which may be missing, a pattern of class
 * names. Ends with 1 when a test failed or none was found.
 */
public final class VmTests {
  private VmTests() {}

  public static void main(String[] arguments) throws IOException {
    Path reports = Path.of(arguments[0]);
    String names = arguments.length > 1 ? arguments[1] : ".*VmIT";
    Launcher launcher = LauncherFactory.create();
    Progress progress = new Progress(System.out);
    List<String> classes = classes(launcher.discover(request(names).build()));
    System.out.printf(
        "== %d classes on Linux %s%n", classes.size(), System.getProperty("os.version"));
    for (String name : classes) {
      run(launcher, name, progress, reports);
    }
    System.out.printf("== %d passed, %d failed%n", progress.passed(), progress.failed());
    System.exit(progress.failed() == 0 && progress.passed() > 0 ? 0 : 1);
  }

  private static LauncherDiscoveryRequestBuilder request(String names) {
    return LauncherDiscoveryRequestBuilder.request()
        .selectors(selectPackage("io.bpfman.loader"))
        .filters(
            includeClassNamePatterns(names),
            TagFilter.includeTags("vm"),
            EngineFilter.includeEngines("junit-jupiter"))
        .configurationParameter("junit.platform.output.capture.stdout", "true");
  }

  private static List<String> classes(TestPlan plan) {
    return plan.getRoots().stream()
        .flatMap(root -> plan.getDescendants(root).stream())
        .map(TestIdentifier::getSource)
        .flatMap(source -> source.stream())
        .filter(ClassSource.class::isInstance)
        .map(source -> ((ClassSource) source).getClassName())
        .distinct()
        .sorted()
        .toList();
  }

  /** The report is written beside and moved, so that half of one is never read. */
  private static void run(Launcher launcher, String name, Progress progress, Path reports)
      throws IOException {
    Path scratch = Files.createTempDirectory("report");
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(name))
            .filters(EngineFilter.includeEngines("junit-jupiter"))
            .configurationParameter("junit.platform.output.capture.stdout", "true")
            .build();
    PrintWriter complaints = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    launcher.execute(request, progress, new LegacyXmlReportGeneratingListener(scratch, complaints));
    Files.move(
        scratch.resolve("TEST-junit-jupiter.xml"),
        reports.resolve("TEST-" + name + ".xml"),
        StandardCopyOption.REPLACE_EXISTING);
    Files.delete(scratch);
  }
}
