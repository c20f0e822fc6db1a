package dev.storyline.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * One SAM template without evaluation of conditions and intrinsic functions.
 *
 * @param file the path of the template
 * @param stack the name of the stack without its stage, {@code storyline-wishes-make-wish}
 * @param content its sections by name; values are texts, numbers, lists, maps and {@link Intrinsic}s
 */
record TemplateFile(Path file, String stack, Map<String, Object> content) {
    private static final int LARGEST_BYTES = 1024 * 1024;

    /** An intrinsic function in short form, with its argument. */
    record Intrinsic(String name, Object argument) {}

    /**
     * Reads a template.
     *
     * @param stack the name of the stack without its stage, {@code storyline-wishes-make-wish}
     * @throws TemplateException if the file is not a template
     */
    static TemplateFile read(Path file, String stack) {
        try {
            if (Files.size(file) > LARGEST_BYTES) {
                throw new TemplateException("The template " + file + " is larger than " + LARGEST_BYTES + " bytes.");
            }
            LoaderOptions options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            options.setMaxAliasesForCollections(20);
            Object root = new Yaml(new Intrinsics(options)).load(Files.readString(file));
            if (!(root instanceof Map<?, ?> map)) {
                throw new TemplateException("The template " + file + " is no template: it must be a YAML mapping.");
            }
            return new TemplateFile(file, stack, strings(map));
        } catch (YAMLException e) {
            throw new TemplateException(
                    "The template " + file + " is not readable YAML: "
                            + String.join(
                                    " ",
                                    String.valueOf(e.getMessage())
                                            .lines()
                                            .map(String::strip)
                                            .toList()),
                    e);
        } catch (MalformedInputException e) {
            throw new TemplateException("The template " + file + " is not UTF-8 text.", e);
        } catch (IOException e) {
            throw new TemplateException("The template " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The same template as the stack of another context. */
    TemplateFile of(String context) {
        return new TemplateFile(file, "storyline-" + context, content);
    }

    private static final class Intrinsics extends SafeConstructor {
        Intrinsics(LoaderOptions options) {
            super(options);
            yamlMultiConstructors.put("!", new AbstractConstruct() {
                @Override
                public Object construct(Node node) {
                    String name = node.getTag().getValue().substring(1);
                    return new Intrinsic(name, argument(node));
                }
            });
        }

        private Object argument(Node node) {
            return switch (node) {
                case ScalarNode scalar -> scalar.getValue();
                case SequenceNode sequence -> constructSequence(sequence);
                case MappingNode mapping -> constructMapping(mapping);
                default -> throw new YAMLException("An intrinsic function without an argument" + node.getStartMark());
            };
        }
    }

    /** Returns the templates of all slices, in the order of contexts and slices. */
    static List<Path> sliceTemplates(Path root) {
        return files(root.resolve("functions"), 3, "template.yaml");
    }

    /** Reads the template of a slice, {@code functions/wishes/make-wish/template.yaml}. */
    static TemplateFile ofSlice(Path file) {
        Path folder = file.toAbsolutePath().normalize().resolveSibling("");
        return read(file, "storyline-" + folder.resolveSibling("").getFileName() + "-" + folder.getFileName());
    }

    /** Returns the files under a folder whose names have this ending, in order. */
    static List<Path> files(Path folder, int depth, String ending) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder, depth)) {
            return files.filter(file -> Objects.requireNonNull(file.getFileName())
                            .toString()
                            .endsWith(ending))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a section; empty if the template does not have it. */
    Map<String, Object> section(String name) {
        Object section = content.get(name);
        return section == null ? Map.of() : map(section, name);
    }

    Map<String, Object> resources() {
        return section("Resources");
    }

    /** Returns the type of a resource. */
    String type(String resource) {
        return String.valueOf(map(resources().get(resource), resource).get("Type"));
    }

    /**
     * A parameter declaration.
     *
     * @param name its name
     * @param value its default; null if it has none
     * @param allowed the allowed values; empty if any value is allowed
     * @param secret whether {@code NoEcho} hides it
     */
    record Parameter(String name, @Nullable String value, List<String> allowed, boolean secret) {
        /** Returns a sample value. */
        String sample() {
            String arn = ":" + Deployment.REGION + ":" + Deployment.ACCOUNT + ":";
            return !allowed.isEmpty()
                    ? allowed.getFirst()
                    : name.startsWith("Kms")
                            ? "arn:aws:kms" + arn + "key/sample"
                            : name.equals("FeedArn")
                                    ? "arn:aws:kinesis" + arn + "stream/sample"
                                    : name.equals("TraceLayerArn")
                                            ? "arn:aws:lambda" + arn + "layer:sample:1"
                                            : name.equals("RestoreDrill")
                                                    ? "rate(30 days)"
                                                    : name.endsWith("Arn") ? "arn:aws:sns" + arn + "sample" : "1";
        }

        /**
         * Returns the values that may change the deployment: the other allowed values, or a sample value instead of an
         * empty one.
         */
        List<String> others(@Nullable String told) {
            String present = told == null ? value : told;
            return !allowed.isEmpty()
                    ? allowed.stream().filter(one -> !one.equals(present)).toList()
                    : "".equals(present) ? List.of(sample()) : List.of();
        }
    }

    /** Returns the parameters, in order. */
    List<Parameter> parameters() {
        return section("Parameters").entrySet().stream()
                .map(declared -> {
                    Map<String, Object> fields = map(declared.getValue(), "Parameters." + declared.getKey());
                    Object value = fields.get("Default");
                    return new Parameter(
                            declared.getKey(),
                            value == null ? null : value.toString(),
                            fields.get("AllowedValues") instanceof List<?> values
                                    ? values.stream().map(String::valueOf).toList()
                                    : List.of(),
                            "true".equals(String.valueOf(fields.get("NoEcho"))));
                })
                .toList();
    }

    /**
     * One value as it appears in the template, regardless of conditions.
     *
     * @param path the keys that lead to the value, with numbers for list elements and {@code !} before intrinsic
     *     functions
     * @param text the value
     */
    record SourceText(List<String> path, String text) {
        SourceText {
            path = List.copyOf(path);
        }

        String last() {
            return path.getLast();
        }

        String place() {
            return String.join(".", path);
        }
    }

    /**
     * Returns all values in the template, in order, including both branches of every condition and resources that are
     * never deployed.
     */
    List<SourceText> written() {
        List<SourceText> values = new ArrayList<>();
        write(content, List.of(), values);
        return values;
    }

    private static void write(@Nullable Object value, List<String> path, List<SourceText> values) {
        switch (value) {
            case null -> {}
            case Intrinsic(String name, Object argument) -> write(argument, then(path, "!" + name), values);
            case Map<?, ?> map -> map.forEach((key, one) -> write(one, then(path, intrinsicKey(key)), values));
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    write(list.get(i), then(path, String.valueOf(i)), values);
                }
            }
            default -> values.add(new SourceText(path, value.toString()));
        }
    }

    private static String intrinsicKey(Object key) {
        String name = String.valueOf(key);
        return name.equals("Ref") || name.startsWith("Fn::") ? "!" + name.replace("Fn::", "") : name;
    }

    private static List<String> then(List<String> path, String step) {
        List<String> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    /** Checks whether the template sets a property of a function, for the function itself or for all functions. */
    boolean isWritten(String function, String property) {
        Object own = map(resources().get(function), function).get("Properties");
        Object all = section("Globals").get("Function");
        return (own instanceof Map<?, ?> properties && properties.containsKey(property))
                || (all instanceof Map<?, ?> globals && globals.containsKey(property));
    }

    /** Returns the types of all resources by logical id, regardless of conditions. */
    Map<String, String> types() {
        Map<String, String> types = new LinkedHashMap<>();
        resources().keySet().forEach(id -> types.put(id, type(id)));
        return types;
    }

    /** Returns the property names of a resource, in order. */
    Set<String> properties(String resource) {
        return map(resources().get(resource), resource).get("Properties") instanceof Map<?, ?> properties
                ? strings(properties).keySet()
                : Set.of();
    }

    /**
     * Returns the value as a mapping.
     *
     * @throws TemplateException if the value is not a mapping
     */
    Map<String, Object> map(@Nullable Object value, String where) {
        if (value instanceof Map<?, ?> map) {
            return strings(map);
        }
        throw problem(where, "must be a mapping");
    }

    /** Returns the value as a list; empty if it is not a list. */
    static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    static Map<String, Object> strings(Map<?, ?> map) {
        Map<String, Object> result = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (value != null) {
                result.put(String.valueOf(key), value);
            }
        });
        return result;
    }

    /** Creates an exception for a place in this template. */
    TemplateException problem(String where, String problem) {
        return new TemplateException("The template " + file + " cannot be used: " + where + " " + problem + ".");
    }
}
