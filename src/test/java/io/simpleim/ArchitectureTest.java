package io.simpleim;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.simpleim.concurrent.NamedThreads;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rules of dependencies and code structure. To change a rule is to change the architecture. */
class ArchitectureTest {
    private static final String ROOT = "io.simpleim";
    /** The packages that most use cases build on. Declared first, since the arrows use it. */
    private static final List<String> CHAT_CORE = List.of("conversation", "room", "message", "dispatch");

    private static final List<Path> SOURCES = List.of(Path.of("src/main/java"), Path.of("src/standalone/java"));

    /** The packages that each package may use besides itself. A package includes its subpackages. */
    private static final Map<String, List<String>> ARROWS = arrows();

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private static Map<String, List<String>> arrows() {
        Map<String, List<String>> arrows = new LinkedHashMap<>();
        // Values and tools
        arrows.put("model", List.of());
        arrows.put("config", List.of());
        arrows.put("metrics", List.of());
        arrows.put("logging", List.of());
        arrows.put("concurrent", List.of("model"));
        arrows.put("json", List.of("model"));
        arrows.put("api", List.of("json", "model"));
        arrows.put("audit", List.of("metrics", "api", "json"));
        arrows.put("store", List.of("model"));
        arrows.put("auth", List.of("config", "model"));
        arrows.put("admission", List.of("store", "concurrent", "api"));

        // From the socket up to the cluster
        arrows.put("event", List.of("model"));
        arrows.put("push", List.of("event", "json", "concurrent", "model"));
        arrows.put("feed", List.of("push", "event"));
        arrows.put("cluster", List.of("feed", "push", "store", "json", "concurrent", "model"));
        arrows.put("dispatch", List.of("cluster", "feed", "push", "event", "model"));

        // The use cases, each package above those that it uses
        arrows.put("message", List.of("store", "concurrent", "api", "model"));
        arrows.put("room", List.of("message", "dispatch", "event", "store", "audit", "api", "model"));
        arrows.put(
                "conversation",
                List.of("room", "message", "dispatch", "push", "event", "store", "concurrent", "api", "model"));
        arrows.put(
                "chat",
                List.of("conversation", "room", "message", "dispatch", "feed", "store", "admission", "api", "model"));
        arrows.put(
                "session", List.of("cluster", "push", "event", "store", "auth", "audit", "concurrent", "api", "model"));
        arrows.put("catchup", concat(CHAT_CORE, "session", "cluster", "feed", "push", "event", "store", "model"));
        arrows.put(
                "connection",
                List.of(
                        "catchup",
                        "session",
                        "conversation",
                        "dispatch",
                        "cluster",
                        "push",
                        "event",
                        "admission",
                        "api",
                        "model"));

        // The edges
        arrows.put(
                "http",
                concat(
                        CHAT_CORE,
                        "chat",
                        "session",
                        "admission",
                        "auth",
                        "audit",
                        "metrics",
                        "concurrent",
                        "api",
                        "json",
                        "model"));
        arrows.put(
                "ws",
                List.of(
                        "connection",
                        "catchup",
                        "chat",
                        "session",
                        "conversation",
                        "admission",
                        "push",
                        "event",
                        "audit",
                        "metrics",
                        "api",
                        "json",
                        "model"));
        // The wiring may use everything.
        arrows.put("bootstrap", List.copyOf(arrows.keySet()));
        arrows.put("standalone", List.of("bootstrap", "config"));
        return arrows;
    }

    private static List<String> concat(List<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }

    @Test
    void everyPackageDeclaresItsDependencies() {
        assertThat(OURS)
                .allSatisfy(type -> assertThat(ARROWS.keySet())
                        .as("declared dependencies of %s", type.getName())
                        .anyMatch(name -> resideInAPackage(tree(name)).test(type)));
    }

    @Test
    void packagesUseOnlyDeclaredDependencies() {
        ARROWS.forEach((name, allowed) -> {
            DescribedPredicate<JavaClass> known = resideInAPackage(tree(name))
                    .or(resideInAnyPackage(trees(allowed)))
                    .or(resideInAnyPackage(enclosing(concat(allowed, name))));
            check(noClasses()
                    .that()
                    .resideInAPackage(tree(name))
                    .should()
                    .dependOnClassesThat(resideInAPackage(ROOT + "..").and(DescribedPredicate.not(known))));
        });
    }

    @Test
    void packagesHaveNoCycles() {
        check(slices().assignedFrom(new EachPackage()).should().beFreeOfCycles());
    }

    @Test
    void eachLibraryIsUsedByOneLayer() {
        onlyThese(List.of("store.mongo"), "com.mongodb..", "org.bson..");
        onlyThese(List.of("store.redis"), "redis.clients..");
        onlyThese(List.of("auth"), "com.auth0..");
        onlyThese(List.of("json"), "com.google.gson..");
        onlyThese(List.of("config"), "org.apache.commons.text..");
        onlyThese(List.of("http"), "org.apache.commons.fileupload..");
        onlyThese(List.of("logging"), "ch.qos.logback..");
        onlyThese(List.of("metrics"), "io.micrometer..", "io.prometheus..");
        onlyThese(List.of("http", "ws", "bootstrap", "standalone"), "jakarta..");
        onlyThese(List.of("standalone"), "org.apache.catalina..", "org.apache.tomcat..", "de.bwaldvogel..");
    }

    @Test
    void thereAreNoUtilPackages() {
        check(noClasses().should().resideInAnyPackage("..util..", "..utils..", "..common..", "..misc.."));
    }

    @Test
    void everyPackageIsNullMarkedAndDocumented() throws IOException {
        for (Path folder : packageFolders()) {
            Path info = folder.resolve("package-info.java");
            assertThat(info).exists();
            assertThat(Files.readString(info)).as(info.toString()).startsWith("/**");
        }
        assertThat(packages())
                .allSatisfy(found -> assertThat(found.isAnnotatedWith(NullMarked.class))
                        .as("%s is @NullMarked", found.getName())
                        .isTrue());
    }

    @Test
    void timeAndThreadsAreInjected() {
        DescribedPredicate<JavaClass> rules = resideInAnyPackage(trees(List.of(
                        "admission",
                        "audit",
                        "auth",
                        "catchup",
                        "chat",
                        "cluster",
                        "concurrent",
                        "connection",
                        "conversation",
                        "dispatch",
                        "event",
                        "feed",
                        "message",
                        "model",
                        "push",
                        "room",
                        "session")))
                .and(DescribedPredicate.not(type(NamedThreads.class)));
        check(noClasses()
                .that(rules)
                .should()
                .accessTargetWhere(DescribedPredicate.describe("time or a thread is taken", ArchitectureTest::takes)));
    }

    /** A call or a method reference. {@code now(clock)} is allowed, since its time is injected. */
    private static boolean takes(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String target = access.getTarget().getFullName();
        return (target.startsWith("java.time.") && target.endsWith(".now()"))
                || target.equals("java.lang.System.currentTimeMillis()")
                || (owner.isEquivalentTo(Thread.class) && access.getName().equals("sleep"))
                || (owner.isAssignableTo(Thread.class) && access.getName().equals(JavaConstructor.CONSTRUCTOR_NAME));
    }

    @Test
    void servletsAreFinalAndImmutable() {
        check(classes()
                .that()
                .areAssignableTo(Servlet.class)
                .and()
                .doNotHaveModifier(JavaModifier.ABSTRACT)
                .should()
                .haveModifier(JavaModifier.FINAL));
        check(classes().that().areAssignableTo(Servlet.class).should().haveOnlyFinalFields());
    }

    @Test
    void servletsOnlyTranslate() throws IOException {
        assertThat(sources("Servlet"))
                .as("servlets of more than 60 lines")
                .isNotEmpty()
                .allSatisfy((path, lines) -> assertThat(lines).isLessThanOrEqualTo(60L));
    }

    @Test
    void noClassExceedsTheLengthLimit() throws IOException {
        assertThat(sources(""))
                .as("classes of more than 250 lines")
                .isNotEmpty()
                .allSatisfy((path, lines) -> assertThat(lines).isLessThanOrEqualTo(250L));
    }

    /** Module classes do not count: the wiring has one for each package. */
    @Test
    void noPackageIsLarge() throws IOException {
        Map<Path, Long> classes = sources("").keySet().stream()
                .filter(file -> !file.endsWith("package-info.java"))
                .filter(file -> !file.toString().endsWith("Module.java"))
                .collect(Collectors.groupingBy(Path::getParent, TreeMap::new, Collectors.counting()));
        assertThat(classes)
                .as("packages of more than 20 classes")
                .isNotEmpty()
                .allSatisfy((folder, count) -> assertThat(count).isLessThanOrEqualTo(20L));
    }

    @Test
    void architecturePageNamesClassesThatExist() throws IOException {
        Set<String> classes = OURS.stream().map(JavaClass::getSimpleName).collect(Collectors.toSet());
        classes.add(ArchitectureTest.class.getSimpleName());
        String page = Files.readString(Path.of("src/site/markdown/architecture.md"));
        assertThat(Pattern.compile("`([A-Z][A-Za-z]+)`").matcher(page).results().map(name -> name.group(1)))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(classes).contains(name));
    }

    private static void onlyThese(List<String> packages, String... library) {
        DescribedPredicate<JavaClass> inLibrary = resideInAnyPackage(library);
        assertThat(OURS)
                .as("users of %s", List.of(library))
                .anyMatch(ours -> ours.getDirectDependenciesFromSelf().stream()
                        .anyMatch(dependency -> inLibrary.test(dependency.getTargetClass())));
        check(noClasses()
                .that()
                .resideOutsideOfPackages(trees(packages))
                .should()
                .dependOnClassesThat(inLibrary));
    }

    private static void check(ArchRule rule) {
        rule.check(OURS);
    }

    private static String tree(String name) {
        return ROOT + "." + name + "..";
    }

    private static String[] trees(Collection<String> names) {
        return names.stream().map(ArchitectureTest::tree).toArray(String[]::new);
    }

    /** The packages around these, without their other contents: those who may use a part may use what its parts share. */
    private static String[] enclosing(Collection<String> names) {
        return names.stream()
                .filter(name -> name.contains("."))
                .map(name -> ROOT + "." + name.substring(0, name.lastIndexOf('.')))
                .toArray(String[]::new);
    }

    private static List<JavaPackage> packages() {
        return OURS.stream().map(JavaClass::getPackage).distinct().toList();
    }

    private static Set<Path> packageFolders() throws IOException {
        return sources("").keySet().stream().map(Path::getParent).collect(Collectors.toSet());
    }

    /** The source files whose paths end in a suffix, with their numbers of lines. */
    private static Map<Path, Long> sources(String end) throws IOException {
        Map<Path, Long> found = new TreeMap<>();
        for (Path root : SOURCES) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(path -> path.toString().endsWith(end + ".java"))
                        .toList()) {
                    try (Stream<String> lines = Files.lines(file)) {
                        found.put(file, lines.count());
                    }
                }
            }
        }
        return found;
    }

    /** One slice per package, without subpackages. */
    private record EachPackage() implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
