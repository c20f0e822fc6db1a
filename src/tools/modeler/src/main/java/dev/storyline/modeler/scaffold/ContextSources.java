package dev.storyline.modeler.scaffold;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The language of a context, read from its sources: its types, its sealed families of events, and the class that
 * combines them. The reader only parses the sources, so it recognizes code that follows the conventions. The scaffold
 * asks the developer about everything else.
 */
final class ContextSources {
    /** An insertion point in a source file. */
    record Spot(Path file, int offset) {}

    private record Declared(
            String name,
            boolean alone,
            boolean sealed,
            List<String> supers,
            @Nullable Spot end) {}

    private static final String STREAM_ID = "dev.storyline.kernel.StreamId";

    /** By simple name. The value includes the enclosing classes, {@code WishEvent.WishApproved}. */
    private final Map<String, Declared> types = new LinkedHashMap<>();

    private final Map<String, String> events = new LinkedHashMap<>();
    private final Map<String, String> streams = new LinkedHashMap<>();
    private final Set<String> streamParameters = new LinkedHashSet<>();
    private final Map<String, Boolean> keyed = new LinkedHashMap<>();
    private String languageClass = "";
    private @Nullable Spot families;
    private boolean hasFamilies;
    private @Nullable Spot languageEnd;
    private @Nullable Spot languageImports;
    private boolean importsStreamId;

    private ContextSources() {}

    /** Reads the sources of a context. */
    static ContextSources read(Path folder) {
        ContextSources sources = new ContextSources();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("This needs a JDK: set JAVA_HOME to one.");
        }
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null);
                Stream<Path> all = Files.walk(folder)) {
            List<Path> files = all.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                return sources;
            }
            JavacTask task = (JavacTask) compiler.getTask(
                    null,
                    manager,
                    problem -> {},
                    List.of("-proc:none"),
                    null,
                    manager.getJavaFileObjectsFromPaths(files));
            Trees trees = Trees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                sources.new Reader(unit, trees).scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sources;
    }

    /** Returns the class with the constant {@code LANGUAGE}, {@code Wishes}; empty if there is none. */
    String languageClass() {
        return languageClass;
    }

    /**
     * Returns the place after the last family of the language, or between the brackets of its empty set; null if there
     * is no such place.
     */
    @Nullable
    Spot families() {
        return families;
    }

    /** Checks whether the language already has a family. */
    boolean hasFamilies() {
        return hasFamilies;
    }

    /** Returns the place before the closing brace of the language's class. */
    @Nullable
    Spot languageEnd() {
        return languageEnd;
    }

    /** Checks whether the language has a top-level type of this name. */
    boolean has(String type) {
        Declared declared = types.get(type);
        return declared != null && declared.alone();
    }

    /** Checks whether the record of this name is an identifier. */
    boolean isId(String type) {
        Declared declared = types.get(type);
        return declared != null && declared.supers().contains("Id");
    }

    /** Checks whether a type has a static method {@code key}, which returns the key of the row for an identity. */
    boolean hasStaticKey(String type) {
        return keyed.getOrDefault(type, false);
    }

    boolean hasKey(String type) {
        return keyed.containsKey(type);
    }

    /** Returns the class of an event with its enclosing classes, by its stored name; null if the language lacks it. */
    @Nullable
    String event(String stored) {
        return events.get(stored);
    }

    /** Returns the method of the language's class that names the streams of a category; null if there is none. */
    @Nullable
    String stream(String category) {
        return streams.get(category);
    }

    /** Checks whether the language's class imports the kernel's stream ids. */
    boolean importsStreamId() {
        return importsStreamId;
    }

    /** Returns the place before the imports of the language's class; null if there is no such class. */
    @Nullable
    Spot languageImports() {
        return languageImports;
    }

    /** Checks whether the language's class has a method {@code stream} with this parameter type. */
    boolean hasStreamOf(String parameter) {
        return streamParameters.contains(parameter);
    }

    /** Returns the events of a family at any depth, in source order. */
    List<String> members(String family) {
        return events.values().stream()
                .filter(event -> families(event).contains(family))
                .toList();
    }

    /**
     * Returns the place after a family's name, where a parent family can be added. {@link #belongsToAnother} tells
     * whether it has one already.
     */
    @Nullable
    Spot familyEnd(String family) {
        Declared declared = types.get(family);
        return declared == null ? null : declared.end();
    }

    boolean belongsToAnother(String family) {
        Declared declared = types.get(family);
        return declared != null && !declared.supers().isEmpty();
    }

    /** Returns the sealed families of an event, the nearest first. */
    private Set<String> families(String event) {
        Set<String> found = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(event.substring(event.lastIndexOf('.') + 1)));
        while (!open.isEmpty()) {
            Declared declared = types.get(open.pop());
            if (declared != null) {
                if (declared.sealed()) {
                    found.add(declared.name());
                }
                declared.supers().stream().filter(name -> !found.contains(name)).forEach(open::add);
            }
        }
        return found;
    }

    /** Returns as few families as possible that cover all these events, each as small as possible. */
    List<String> covering(Collection<String> classes) {
        Set<String> open = new LinkedHashSet<>(classes);
        List<String> cover = new ArrayList<>();
        while (!open.isEmpty()) {
            String best = "";
            int most = 0;
            int size = Integer.MAX_VALUE;
            for (String family : families(open.iterator().next())) {
                List<String> members = members(family);
                int covered = (int) open.stream().filter(members::contains).count();
                if (covered > most || (covered == most && members.size() < size)) {
                    best = family;
                    most = covered;
                    size = members.size();
                }
            }
            if (best.isEmpty()) {
                return List.of();
            }
            cover.add(best);
            members(best).forEach(open::remove);
        }
        return cover;
    }

    private final class Reader extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final CompilationUnitTree unit;
        private final Trees trees;
        private final Path file;
        private final Deque<String> around = new ArrayDeque<>();

        Reader(CompilationUnitTree unit, Trees trees) {
            this.unit = unit;
            this.trees = trees;
            this.file = Path.of(unit.getSourceFile().toUri());
        }

        private int end(Tree tree) {
            return (int) trees.getSourcePositions().getEndPosition(unit, tree);
        }

        @Override
        public @Nullable Void visitClass(ClassTree tree, @Nullable Void nothing) {
            String name = tree.getSimpleName().toString();
            around.addLast(name);
            List<Tree> above = new ArrayList<>(tree.getImplementsClause());
            List<String> supers = above.stream()
                    .map(one -> one.toString().substring(one.toString().lastIndexOf('.') + 1))
                    .toList();
            Spot end = above.isEmpty() ? nameEnd(tree, name) : new Spot(file, end(above.getLast()));
            types.put(
                    name,
                    new Declared(
                            name,
                            around.size() == 1,
                            tree.getModifiers().getFlags().contains(Modifier.SEALED),
                            supers,
                            end));
            for (AnnotationTree annotation : tree.getModifiers().getAnnotations()) {
                if (annotation.getAnnotationType().toString().endsWith("EventType")) {
                    stored(annotation).forEach(type -> events.put(type, String.join(".", around)));
                }
            }
            super.visitClass(tree, null);
            around.removeLast();
            return null;
        }

        /** Returns the place after the name of a class. The syntax tree does not contain this position. */
        private @Nullable Spot nameEnd(ClassTree tree, String name) {
            try {
                int begin = (int) trees.getSourcePositions().getStartPosition(unit, tree);
                int modifiers = end(tree.getModifiers());
                String text = unit.getSourceFile().getCharContent(true).toString();
                int at = text.indexOf(name, Math.max(begin, modifiers));
                return at < 0 ? null : new Spot(file, at + name.length());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private List<String> stored(AnnotationTree annotation) {
            return annotation.getArguments().stream()
                    .filter(argument -> !(argument instanceof AssignmentTree assignment)
                            || assignment.getVariable().toString().equals("value"))
                    .map(argument ->
                            argument instanceof AssignmentTree assignment ? assignment.getExpression() : argument)
                    .filter(LiteralTree.class::isInstance)
                    .map(argument -> String.valueOf(((LiteralTree) argument).getValue()))
                    .toList();
        }

        @Override
        public @Nullable Void visitMethod(MethodTree tree, @Nullable Void nothing) {
            boolean isStatic = tree.getModifiers().getFlags().contains(Modifier.STATIC);
            if (tree.getName().contentEquals("key")) {
                keyed.put(around.getLast(), isStatic);
            }
            if (isStatic && String.valueOf(tree.getReturnType()).endsWith("StreamId") && tree.getBody() != null) {
                String method = tree.getName().toString();
                if (tree.getParameters().size() == 1 && method.equals("stream")) {
                    streamParameters.add(
                            tree.getParameters().getFirst().getType().toString());
                }
                new TreeScanner<@Nullable Void, @Nullable Void>() {
                    @Override
                    public @Nullable Void visitLiteral(LiteralTree literal, @Nullable Void none) {
                        streams.putIfAbsent(String.valueOf(literal.getValue()), around.getLast() + "." + method);
                        return null;
                    }
                }.scan(tree.getBody(), null);
            }
            return super.visitMethod(tree, null);
        }

        @Override
        public @Nullable Void visitMethodInvocation(MethodInvocationTree tree, @Nullable Void nothing) {
            if (tree.getMethodSelect().toString().equals("Language.of")
                    && tree.getArguments().size() == 3) {
                languageClass = around.getFirst();
                unit.getImports().stream()
                        .findFirst()
                        .ifPresent(first -> languageImports =
                                new Spot(file, (int) trees.getSourcePositions().getStartPosition(unit, first)));
                importsStreamId = unit.getImports().stream()
                        .anyMatch(one -> one.getQualifiedIdentifier().toString().equals(STREAM_ID));
                ExpressionTree set = tree.getArguments().get(1);
                if (set instanceof MethodInvocationTree of
                        && of.getMethodSelect() instanceof MemberSelectTree select
                        && select.toString().equals("Set.of")) {
                    hasFamilies = !of.getArguments().isEmpty();
                    families =
                            new Spot(file, hasFamilies ? end(of.getArguments().getLast()) : end(of) - 1);
                }
                for (Tree type : unit.getTypeDecls()) {
                    if (type instanceof ClassTree home && home.getSimpleName().contentEquals(languageClass)) {
                        languageEnd = new Spot(file, end(home) - 1);
                    }
                }
            }
            return super.visitMethodInvocation(tree, null);
        }
    }
}
