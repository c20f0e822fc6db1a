package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** Checks the test class path that the poms give to slices. */
class TestPathsTest {
    private static final String OURS = "dev.storyline";

    /** A module's dependencies on other modules of this repository: the transitive ones, and all of them. */
    private record Module(Set<String> passedOn, Set<String> all) {}

    @Test
    void no_slice_has_the_simulation_on_its_test_path() throws Exception {
        Map<String, Module> modules = new LinkedHashMap<>();
        Set<String> ofSlices = new LinkedHashSet<>();
        for (Path pom : poms()) {
            Document document =
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
            Module module = module(document.getDocumentElement());
            modules.put(text(document.getDocumentElement(), "artifactId"), module);
            if (pom.startsWith(Repository.root().resolve("functions"))) {
                ofSlices.addAll(module.all());
            }
        }
        assertThat(ofSlices).contains("storyline-testkit", "storyline-edge");

        Set<String> reached = reached(ofSlices, modules);

        assertThat(reached).contains("storyline-kernel", "storyline-local").doesNotContain("storyline-simulation");
        assertThat(reached(Set.of("storyline-simulation"), modules)).contains("storyline-testkit");
    }

    private static Set<String> reached(Set<String> from, Map<String, Module> modules) {
        Set<String> reached = new LinkedHashSet<>();
        Deque<String> next = new ArrayDeque<>(from);
        while (!next.isEmpty()) {
            String module = next.pop();
            if (reached.add(module) && modules.containsKey(module)) {
                next.addAll(modules.get(module).passedOn());
            }
        }
        return reached;
    }

    private static List<Path> poms() throws IOException {
        try (Stream<Path> src = Files.walk(Repository.root().resolve("src"), 3);
                Stream<Path> functions = Files.walk(Repository.root().resolve("functions"), 3)) {
            return Stream.concat(src, functions)
                    .filter(file -> file.endsWith("pom.xml"))
                    .toList();
        }
    }

    private static Module module(Element project) {
        Set<String> passedOn = new LinkedHashSet<>();
        Set<String> all = new LinkedHashSet<>();
        for (Element dependencies : children(project, "dependencies")) {
            for (Element dependency : children(dependencies, "dependency")) {
                if (text(dependency, "groupId").equals(OURS)) {
                    all.add(text(dependency, "artifactId"));
                    if (!text(dependency, "scope").equals("test")) {
                        passedOn.add(text(dependency, "artifactId"));
                    }
                }
            }
        }
        return new Module(passedOn, all);
    }

    private static List<Element> children(Element parent, String name) {
        NodeList nodes = parent.getChildNodes();
        List<Element> children = new java.util.ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            Node node = nodes.item(i);
            if (node instanceof Element element && element.getTagName().equals(name)) {
                children.add(element);
            }
        }
        return children;
    }

    private static String text(Element parent, String name) {
        return children(parent, name).stream()
                .map(child -> child.getTextContent().strip())
                .findFirst()
                .orElse("");
    }
}
