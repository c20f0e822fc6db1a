package dev.storyline.testkit;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.DeconstructionPatternTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The house rules, checked against the sources of a repository: which code may name which types, what a slice's folder
 * contains, which names are banned. A type of another package is always imported or named in full, so the sources
 * contain all the information.
 */
public final class HouseRules {
    /**
     * A violation of a rule.
     *
     * @param rule the rule's id
     * @param file the file, relative to the root
     * @param line the line, or 0 for the whole file
     * @param problem what is wrong and how to correct it
     */
    public record Violation(String rule, String file, long line, String problem) {
        @Override
        public String toString() {
            return file + ":" + line + " [" + rule + "] " + problem;
        }
    }

    private static final String OURS = "dev.storyline.";
    private static final int MAX_FUNCTION_LINES = 20;
    private static final int MAX_SLICE_POM_LINES = 15;
    private static final int MAX_CLASS_LINES = 500;
    /** Names that fit many concepts; only one type may have each of them. */
    private static final Set<String> ONE_MEANING =
            Set.of("Answer", "Rule", "Finding", "Written", "Place", "Page", "Refused", "Outcome", "Moved");

    private static final Set<String> TESTS = Set.of("Test", "ParameterizedTest");

    /** A call that fails if a condition does not hold: from AssertJ, from REST Assured, or a method with such a name. */
    private static final Pattern ASSERTION = Pattern.compile("\\b(assert\\w*|fail|mustCatch|then)\\(");

    private static final int MAX_METHOD_LINES = 60;
    private static final Pattern BANNED = Pattern.compile(".*(Dto|Util|Utils|Helper|Manager|Impl|Service)([A-Z].*)?");
    private static final Pattern NUMBERED = Pattern.compile(".*[a-zA-Z]V?\\d+");

    /** The prefixes of the names that each module may use, besides the JDK and JSpecify. */
    private static final Map<String, List<String>> ARROWS = Map.of(
            "src/runtime/kernel/", List.of("dev.storyline.kernel"),
            "src/runtime/common/", List.of("dev.storyline.kernel", "dev.storyline.common"),
            "src/runtime/eventstore/",
                    List.of("dev.storyline.kernel", "dev.storyline.common", "dev.storyline.eventstore"),
            "src/runtime/projections/",
                    List.of(
                            "dev.storyline.kernel",
                            "dev.storyline.common",
                            "dev.storyline.eventstore",
                            "dev.storyline.projections"),
            "src/runtime/edge/",
                    List.of(
                            "dev.storyline.kernel",
                            "dev.storyline.common",
                            "dev.storyline.eventstore",
                            "dev.storyline.projections",
                            "dev.storyline.edge"),
            "src/tools/model/", List.of("dev.storyline.model"),
            "src/tools/modeler/", List.of("dev.storyline.model", "dev.storyline.modeler", "dev.storyline.deployment"));

    private final Path root;
    private final List<Violation> findings = new ArrayList<>();
    private final Map<String, String> functionNames = new HashMap<>();
    private final Map<String, String> declared = new HashMap<>();
    private final Set<String> contexts;

    private HouseRules(Path root) {
        this.root = root;
        contexts = Stream.of("functions", "src/contexts")
                .flatMap(folder -> folders(root.resolve(folder)).stream())
                .map(folder -> String.valueOf(folder.getFileName()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns all violations in this repository. */
    public static List<Violation> check(Path root) {
        HouseRules rules = new HouseRules(root);
        rules.sources();
        rules.slices();
        return List.copyOf(rules.findings);
    }

    private void sources() {
        List<Path> files = Stream.of("src", "functions", "infra")
                .map(root::resolve)
                .flatMap(folder -> walk(folder).stream())
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
        if (files.isEmpty()) {
            return;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            Iterable<? extends JavaFileObject> objects = manager.getJavaFileObjectsFromPaths(files);
            JavacTask task = (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null, objects);
            Trees trees = Trees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Reader(unit, trees).scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> walk(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("/target/"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads one source file. */
    private final class Reader extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final CompilationUnitTree unit;
        private final Trees trees;
        private final String file;
        private final boolean main;

        Reader(CompilationUnitTree unit, Trees trees) {
            this.unit = unit;
            this.trees = trees;
            this.file = root.relativize(Path.of(unit.getSourceFile().toUri())).toString();
            this.main = file.contains("/src/main/");
        }

        private void find(String rule, Tree tree, String problem) {
            long position = trees.getSourcePositions().getStartPosition(unit, tree);
            findings.add(new Violation(rule, file, unit.getLineMap().getLineNumber(Math.max(0, position)), problem));
        }

        /** Returns the number of lines of a class or method, with its annotations and without its Javadoc. */
        private long lines(Tree tree) {
            long begin = trees.getSourcePositions().getStartPosition(unit, tree);
            long end = trees.getSourcePositions().getEndPosition(unit, tree);
            return unit.getLineMap().getLineNumber(end) - unit.getLineMap().getLineNumber(begin) + 1;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree tree, @Nullable Void nothing) {
            long lines = lines(tree);
            if (lines > MAX_METHOD_LINES) {
                find(
                        "method-is-short",
                        tree,
                        "The method " + tree.getName() + " has " + lines + " lines: cut it into methods of at most "
                                + MAX_METHOD_LINES);
            }
            boolean isTest = tree.getModifiers().getAnnotations().stream()
                    .anyMatch(one -> TESTS.contains(one.getAnnotationType().toString()));
            if (isTest && !ASSERTION.matcher(String.valueOf(tree.getBody())).find()) {
                find(
                        "test-asserts",
                        tree,
                        "The test " + tree.getName()
                                + " has no assertion in sight: add one, or let the method that asserts begin with 'assert'");
            }
            return super.visitMethod(tree, null);
        }

        @Override
        public @Nullable Void visitMemberSelect(MemberSelectTree tree, @Nullable Void nothing) {
            String name = tree.toString();
            Tree parent = getCurrentPath().getParentPath().getLeaf();
            if (!(parent instanceof MemberSelectTree) && name.matches("[a-z][a-z0-9_]*(\\..+)+")) {
                foreign(tree, name);
                named(tree, name);
            }
            if (name.equals("Thread.sleep") && !main) {
                find("no-sleep-in-tests", tree, "Wait for a condition instead: Eventually.within(...)");
            }
            return super.visitMemberSelect(tree, null);
        }

        private void named(Tree tree, String name) {
            if (!main) {
                return;
            }
            if (file.startsWith("src/runtime/kernel/")
                    && !startsWithAny(name, "java.", "org.jspecify.", "dev.storyline.kernel")
                    && startsWithAny(name, "javax.", "org.", "com.", "io.", "jakarta.", "software.", "dev.")) {
                find("kernel-imports-jdk-only", tree, "The kernel names " + name + "; it may name the JDK only");
            }
            ARROWS.forEach((folder, allowed) -> {
                if (file.startsWith(folder)
                        && name.startsWith(OURS)
                        && allowed.stream().noneMatch(prefix -> within(name, prefix))) {
                    find("arrows-point-inwards", tree, folder + " names " + name + ", which lies further out");
                }
            });
            if (file.startsWith("src/contexts/") && name.startsWith(OURS)) {
                String own = OURS + "contexts." + file.split("/")[2];
                if (!within(name, OURS + "kernel") && !within(name, own)) {
                    find("arrows-point-inwards", tree, "A context names the kernel and itself, not " + name);
                }
            }
            slice(tree, name);
            if (name.startsWith("software.amazon.awssdk")
                    && !startsWithAny(
                            file,
                            "src/runtime/eventstore/",
                            "src/runtime/projections/",
                            "src/tools/local/",
                            "src/tools/cli/",
                            "src/tools/embedded-dynamodb/",
                            "src/runtime/edge/",
                            "src/verification/")) {
                find(
                        "sdk-stays-inside",
                        tree,
                        "Only the event store, the projections and the local cloud name the SDK");
            }
            if (startsWithAny(file, "src/runtime/", "functions/")
                    && startsWithAny(
                            name,
                            "java.util.Random",
                            "java.util.concurrent.ThreadLocalRandom",
                            "java.security.SecureRandom")) {
                find(
                        "no-kept-randomness",
                        tree,
                        "Copies restored from one snapshot would go on alike: take a new SplittableRandom of the time,"
                                + " or a UUID");
            }
            // Qute is a library of its own; it fills the modeler's templates.
            boolean templates = name.startsWith("io.quarkus.qute.") && file.startsWith("src/tools/modeler/");
            if (startsWithAny(name, "io.quarkus.", "jakarta.", "com.amazonaws.")
                    && !templates
                    && !startsWithAny(file, "src/runtime/edge/", "src/tools/local/", "src/verification/")
                    && !file.endsWith("Function.java")) {
                find("quarkus-stays-at-the-edge", tree, "Only the edge and a slice's function class name " + name);
            }
        }

        /**
         * Checks that contexts share only public events, in tests too: each context reads public events into its own
         * records.
         */
        private void foreign(Tree tree, String name) {
            String[] parts = file.split("/");
            String own = file.startsWith("functions/") ? parts[1] : file.startsWith("src/contexts/") ? parts[2] : "";
            if (own.isEmpty()) {
                return;
            }
            boolean language = name.startsWith(OURS + "contexts.") && !within(name, OURS + "contexts." + own);
            boolean slice = contexts.stream().anyMatch(other -> !other.equals(own) && within(name, OURS + other));
            if (language || slice) {
                find(
                        "foreign-context",
                        tree,
                        "The context " + own + " names " + name + " of another: translate its public events instead");
            }
        }

        private void slice(Tree tree, String name) {
            if (!file.startsWith("functions/") || !name.startsWith(OURS)) {
                return;
            }
            String[] parts = file.split("/");
            String own = OURS + parts[1] + "." + parts[2].replace("-", "");
            List<String> allowed = List.of(
                    own,
                    OURS + "contexts." + parts[1],
                    OURS + "kernel",
                    OURS + "common",
                    OURS + "eventstore",
                    OURS + "projections",
                    OURS + "edge");
            if (allowed.stream().noneMatch(prefix -> within(name, prefix))) {
                find(
                        "slice-imports-no-slice",
                        tree,
                        "A slice names its own context and the shared modules, not " + name
                                + ": share events, not code");
            }
        }

        @Override
        public @Nullable Void visitClass(ClassTree tree, @Nullable Void nothing) {
            String name = tree.getSimpleName().toString();
            if (BANNED.matcher(name).matches()) {
                find("banned-names", tree, "The name " + name + " says nothing: name the thing");
            }
            if (main && ONE_MEANING.contains(name)) {
                String other = declared.putIfAbsent(name, file);
                if (other != null) {
                    find("one-meaning", tree, "The name " + name + " is also in " + other + ": name the difference");
                }
            }
            if (main && NUMBERED.matcher(name).matches()) {
                find("banned-names", tree, "The name " + name + " ends in a number: name the difference");
            }
            long lines = lines(tree);
            if (lines > MAX_CLASS_LINES) {
                find(
                        "class-is-short",
                        tree,
                        "The class " + name + " has " + lines
                                + " lines: cut it along its seams into classes of at most " + MAX_CLASS_LINES);
            }
            boolean function = file.startsWith("functions/") && main && name.endsWith("Function");
            if (function && statements(tree) >= MAX_FUNCTION_LINES) {
                find("function-class-is-short", tree, "A function class wires and nothing else; move what decides out");
            }
            return super.visitClass(tree, null);
        }

        /** Counts the lines of the class that hold more than a brace or an annotation; imports and comments do not count. */
        private static long statements(ClassTree tree) {
            return tree.toString()
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.equals("}") && !line.startsWith("@"))
                    .count();
        }

        @Override
        public @Nullable Void visitAnnotation(AnnotationTree tree, @Nullable Void nothing) {
            if (main && tree.getAnnotationType().toString().matches("(.*\\.)?Funq")) {
                String name = tree.getArguments().stream()
                        .map(argument ->
                                argument instanceof AssignmentTree assignment ? assignment.getExpression() : argument)
                        .filter(LiteralTree.class::isInstance)
                        .map(argument -> String.valueOf(((LiteralTree) argument).getValue()))
                        .findFirst()
                        .orElse("");
                if (name.isEmpty()) {
                    find("function-names-unique", tree, "Name the function: @Funq(\"...\")");
                } else {
                    String other = functionNames.putIfAbsent(context() + name, file);
                    if (other != null) {
                        find("function-names-unique", tree, "The function '" + name + "' is also in " + other);
                    }
                }
            }
            return super.visitAnnotation(tree, null);
        }

        /** Contexts are deployed apart: the same slice may be in several. */
        private String context() {
            return file.replaceFirst("^(functions/[^/]+/).*", "$1");
        }

        @Override
        public @Nullable Void visitSwitch(SwitchTree tree, @Nullable Void nothing) {
            cases(tree, tree.getCases());
            return super.visitSwitch(tree, null);
        }

        @Override
        public @Nullable Void visitSwitchExpression(SwitchExpressionTree tree, @Nullable Void nothing) {
            cases(tree, tree.getCases());
            return super.visitSwitchExpression(tree, null);
        }

        /**
         * Checks that a switch over a sealed type uses patterns; a default branch would hide the next member of the
         * type.
         */
        private void cases(Tree tree, List<? extends CaseTree> cases) {
            Predicate<Tree> isPattern = label -> label instanceof PatternCaseLabelTree pattern
                    && (pattern.getPattern() instanceof DeconstructionPatternTree
                            || pattern.getPattern() instanceof BindingPatternTree);
            boolean patterns =
                    cases.stream().flatMap(one -> one.getLabels().stream()).anyMatch(isPattern);
            boolean otherwise = cases.stream()
                    .flatMap(one -> one.getLabels().stream())
                    .anyMatch(DefaultCaseLabelTree.class::isInstance);
            if (main
                    && patterns
                    && otherwise
                    && startsWithAny(file, "src/contexts/", "functions/", "src/runtime/kernel/")) {
                find("no-default-over-patterns", tree, "List what is ignored, so that a new event asks for a decision");
            }
        }
    }

    private static boolean startsWithAny(String text, String... prefixes) {
        return Stream.of(prefixes).anyMatch(text::startsWith);
    }

    private static boolean within(String name, String prefix) {
        return name.equals(prefix) || name.startsWith(prefix + ".");
    }

    private void slices() {
        Path functions = root.resolve("functions");
        for (Path context : folders(functions)) {
            String modules = read(context.resolve("pom.xml"));
            for (Path slice : folders(context)) {
                complete(slice, modules);
            }
        }
    }

    private void complete(Path slice, String modules) {
        String name = String.valueOf(slice.getFileName());
        List<Path> files = walk(slice);
        if (!Files.exists(slice.resolve("template.yaml"))) {
            incomplete(slice, "has no template.yaml");
        }
        String pom = read(slice.resolve("pom.xml"));
        long lines = pom.lines().filter(line -> !line.isBlank()).count();
        if (lines == 0 || lines > MAX_SLICE_POM_LINES) {
            incomplete(slice, "needs a pom.xml of at most " + MAX_SLICE_POM_LINES + " lines, not " + lines);
        }
        if (files.stream().noneMatch(file -> file.toString().endsWith("Function.java") && isUnder(file, "src/main"))) {
            incomplete(slice, "has no class that ends in Function");
        }
        if (!modules.contains("<module>" + name + "</module>")) {
            incomplete(slice, "is not in the module list of its context");
        }
    }

    private static boolean isUnder(Path file, String folder) {
        return file.toString().contains("/" + folder + "/");
    }

    private void incomplete(Path slice, String problem) {
        findings.add(
                new Violation("slice-folder-complete", root.relativize(slice).toString(), 0, "The slice " + problem));
    }

    private static List<Path> folders(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isDirectory)
                    .filter(one -> !one.endsWith("target"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
