package dev.storyline.deployment;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
 * One SAM template with its intrinsic functions: {@code Ref}, {@code Sub}, {@code GetAtt}, {@code ImportValue},
 * {@code If}, {@code Equals}, {@code And}, {@code Or}, {@code Not}, {@code Join}, in short and long form. What it cannot understand it says, with
 * file and place.
 */
final class Template {
    private static final int LARGEST_BYTES = 1024 * 1024;
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}!]+)}");
    /** What {@code AWS::NoValue} stands for: the property is not there. */
    private static final Object NO_VALUE = new Object();

    private static final Map<String, String> PSEUDO = Map.of(
            "AWS::Region", Deployment.REGION,
            "AWS::AccountId", Deployment.ACCOUNT,
            "AWS::Partition", "aws",
            "AWS::URLSuffix", "amazonaws.com",
            "AWS::StackName", "local");

    /** Parameters that no template may have a default for, as the local cloud has them. */
    private static final Map<String, String> LOCAL =
            Map.of("JwtIssuer", Deployment.ISSUER, "JwtAudience", Deployment.AUDIENCE);

    private final Path file;
    private final Map<String, Object> content;
    private final Function<String, @Nullable String> exports;
    private final Map<String, String> parameters;

    /** An intrinsic function and its argument. */
    private record Intrinsic(String name, Object argument) {}

    private Template(
            Path file,
            Map<String, Object> content,
            Function<String, @Nullable String> exports,
            Map<String, String> parameters) {
        this.file = file;
        this.content = content;
        this.exports = exports;
        this.parameters = parameters;
    }

    /**
     * Reads a template.
     *
     * @param exports finds what other templates export, by name
     * @param parameters values that take the place of the defaults, by name
     * @throws TemplateException if it is no template
     */
    static Template read(Path file, Function<String, @Nullable String> exports, Map<String, String> parameters) {
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
            return new Template(file, strings(map), exports, parameters);
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

    Path file() {
        return file;
    }

    /** The same template with other parameters, in other surroundings. */
    Template with(Function<String, @Nullable String> otherExports, Map<String, String> otherParameters) {
        return new Template(file, content, otherExports, otherParameters);
    }

    /**
     * A parameter as it is declared.
     *
     * @param name its name
     * @param value its default; null for none
     * @param allowed the values that it may have; empty for any
     * @param secret whether {@code NoEcho} hides it
     */
    record Parameter(String name, @Nullable String value, List<String> allowed, boolean secret) {
        /** A value that stands for any. */
        String sample() {
            String arn = ":" + Deployment.REGION + ":" + Deployment.ACCOUNT + ":";
            return !allowed.isEmpty()
                    ? allowed.getFirst()
                    : name.startsWith("Kms")
                            ? "arn:aws:kms" + arn + "key/sample"
                            : name.equals("FeedArn")
                                    ? "arn:aws:kinesis" + arn + "stream/sample"
                                    : name.endsWith("Arn") ? "arn:aws:sns" + arn + "sample" : "1";
        }

        /** The values that may change what is deployed: the other allowed ones, or any where the default is none. */
        List<String> others() {
            return !allowed.isEmpty()
                    ? allowed.stream().filter(one -> !one.equals(value)).toList()
                    : "".equals(value) ? List.of(sample()) : List.of();
        }
    }

    /** The parameters, in order. */
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

    /** The value of a parameter; null where there is no such parameter. */
    @Nullable
    String parameter(String name) {
        return section("Parameters").containsKey(name) ? ref(name, "Parameters").toString() : null;
    }

    /**
     * One value as it is written, whatever conditions say.
     *
     * @param path the keys that lead to it, numbers for elements of lists, intrinsic functions with {@code !}
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

    /** Every value that is written, in order: both branches of every condition, and what is never deployed. */
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

    /** The names of the exports that this template imports, whatever conditions say, in order. */
    List<String> imports() {
        List<String> names = new ArrayList<>();
        collectImports(content, names);
        return names.stream().distinct().toList();
    }

    private void collectImports(@Nullable Object value, List<String> names) {
        switch (value) {
            case Intrinsic(String name, Object argument) -> collectImport(name, argument, names);
            case Map<?, ?> map ->
                map.forEach((key, one) -> collectImport(String.valueOf(key).replace("Fn::", ""), one, names));
            case List<?> list -> list.forEach(one -> collectImports(one, names));
            case null, default -> {}
        }
    }

    private void collectImport(String name, @Nullable Object argument, List<String> names) {
        if (name.equals("ImportValue") && argument != null) {
            names.add(resolve(argument, "ImportValue").toString());
        } else {
            collectImports(argument, names);
        }
    }

    /** An attribute of a resource beside its properties, such as {@code DeletionPolicy}; empty where it is not set. */
    String attribute(String resource, String name) {
        Object value = map(resources().get(resource), resource).get(name);
        return value == null ? "" : resolve(value, "Resources." + resource).toString();
    }

    /** Whether a property of a function is written at all, for itself or for all functions of the template. */
    boolean isWritten(String function, String property) {
        Object own = map(resources().get(function), function).get("Properties");
        Object all = section("Globals").get("Function");
        return (own instanceof Map<?, ?> properties && properties.containsKey(property))
                || (all instanceof Map<?, ?> globals && globals.containsKey(property));
    }

    /** The types of all resources, whatever conditions say, by their logical ids. */
    Map<String, String> types() {
        Map<String, String> types = new LinkedHashMap<>();
        resources().keySet().forEach(id -> types.put(id, type(id)));
        return types;
    }

    /** The names of the properties that a resource has, in order. */
    Set<String> properties(String resource) {
        return map(resources().get(resource), resource).get("Properties") instanceof Map<?, ?> properties
                ? strings(properties).keySet()
                : Set.of();
    }

    /** The logical ids of the resources of one type that are deployed, in order. */
    List<String> resources(String type) {
        return declared(type).stream()
                .filter(id -> isThere(Objects.requireNonNull(resources().get(id)), "Resources." + id))
                .toList();
    }

    /** The logical ids of the resources of one type, whatever conditions say, in order. */
    List<String> declared(String type) {
        return resources().keySet().stream().filter(id -> type.equals(type(id))).toList();
    }

    private boolean isThere(Object item, String where) {
        Object condition = map(item, where).get("Condition");
        return condition == null || isTrue(condition(condition.toString(), where));
    }

    private Map<String, Object> resources() {
        return section("Resources");
    }

    private Map<String, Object> section(String name) {
        Object section = content.get(name);
        return section == null ? Map.of() : map(section, name);
    }

    /** A property of a resource with all intrinsics resolved, or null if it is not set. */
    @Nullable
    Object property(String resource, String... path) {
        Object value = map(resources().get(resource), resource).get("Properties");
        return at(value, "Resources." + resource, path);
    }

    /** A value of the Globals of all functions, resolved, or null. */
    @Nullable
    Object global(String... path) {
        Object functions = section("Globals").get("Function");
        return functions == null ? null : at(functions, "Globals.Function", path);
    }

    private @Nullable Object at(@Nullable Object start, String where, String... path) {
        Object value = start;
        for (String step : path) {
            if (value == null) {
                return null;
            }
            value = map(value, where).get(step);
        }
        if (value == null) {
            return null;
        }
        Object resolved = resolve(value, where + "." + String.join(".", path));
        return resolved.equals(NO_VALUE) ? null : resolved;
    }

    /** A property that must be there, as text. */
    String text(String resource, String... path) {
        Object value = property(resource, path);
        if (value == null) {
            throw trouble("Resources." + resource, "needs " + String.join(".", path));
        }
        return value.toString();
    }

    /** What the template exports, name to value. */
    Map<String, String> exports() {
        Map<String, String> result = new LinkedHashMap<>();
        section("Outputs").forEach((name, output) -> {
            if (!isThere(output, "Outputs." + name)) {
                return;
            }
            Object export = at(output, "Outputs." + name, "Export", "Name");
            Object value = at(output, "Outputs." + name, "Value");
            if (export != null && value != null) {
                result.put(export.toString(), value.toString());
            }
        });
        return result;
    }

    private Object resolve(Object value, String where) {
        return switch (value) {
            case Intrinsic(String name, Object argument) -> intrinsic(name, argument, where);
            case Map<?, ?> map -> resolve(strings(map), where);
            case List<?> elements -> {
                List<Object> resolved = new ArrayList<>();
                for (Object element : elements) {
                    Object one = resolve(element, where);
                    if (!one.equals(NO_VALUE)) {
                        resolved.add(one);
                    }
                }
                yield resolved;
            }
            default -> value;
        };
    }

    private Object resolve(Map<String, Object> map, String where) {
        if (map.size() == 1) {
            Map.Entry<String, Object> only = map.entrySet().iterator().next();
            if (only.getKey().equals("Ref")
                    || only.getKey().equals("Condition")
                    || only.getKey().startsWith("Fn::")) {
                return intrinsic(only.getKey().replace("Fn::", ""), only.getValue(), where);
            }
        }
        Map<String, Object> resolved = new LinkedHashMap<>();
        map.forEach((name, value) -> {
            Object one = resolve(value, where + "." + name);
            if (!one.equals(NO_VALUE)) {
                resolved.put(name, one);
            }
        });
        return resolved;
    }

    private Object intrinsic(String name, Object argument, String where) {
        return switch (name) {
            case "Ref" -> ref(argument.toString(), where);
            case "GetAtt" -> getAtt(argument, where);
            case "Sub" -> sub(argument, where);
            case "ImportValue" -> imported(resolve(argument, where).toString(), where);
            case "If" -> {
                List<?> parts = list(argument, 3, where);
                yield resolve(
                        isTrue(condition(parts.getFirst().toString(), where)) ? parts.get(1) : parts.get(2), where);
            }
            case "Condition" -> condition(argument.toString(), where);
            case "Equals" -> {
                List<?> parts = list(argument, 2, where);
                yield resolve(parts.get(0), where)
                        .toString()
                        .equals(resolve(parts.get(1), where).toString());
            }
            case "And" -> list(argument, where).stream().allMatch(part -> isTrue(resolve(part, where)));
            case "Or" -> list(argument, where).stream().anyMatch(part -> isTrue(resolve(part, where)));
            case "Not" -> !isTrue(resolve(list(argument, 1, where).getFirst(), where));
            case "Join" -> {
                List<?> parts = list(argument, 2, where);
                yield String.join(
                        parts.get(0).toString(),
                        list(resolve(parts.get(1), where), where).stream()
                                .map(Object::toString)
                                .toList());
            }
            default ->
                throw trouble(where, "uses the intrinsic function " + name + ", which the local cloud does not know");
        };
    }

    private Object condition(String name, String where) {
        Object condition = section("Conditions").get(name);
        if (condition == null) {
            throw trouble(where, "asks for the condition " + name + ", which is not declared");
        }
        return resolve(condition, "Conditions." + name);
    }

    private static boolean isTrue(Object value) {
        return Boolean.TRUE.equals(value);
    }

    private String imported(String name, String where) {
        String value = exports.apply(name);
        if (value == null) {
            throw trouble(where, "imports " + name + ", which no template exports");
        }
        return value;
    }

    private String sub(Object argument, String where) {
        String text = argument instanceof List<?> parts ? parts.getFirst().toString() : argument.toString();
        Map<String, Object> own = argument instanceof List<?> parts ? map(parts.get(1), where) : Map.of();
        Matcher variable = VARIABLE.matcher(text);
        StringBuilder result = new StringBuilder();
        while (variable.find()) {
            String name = variable.group(1);
            Object value = own.containsKey(name)
                    ? resolve(Objects.requireNonNull(own.get(name)), where)
                    : name.contains(".") ? getAtt(name, where) : ref(name, where);
            variable.appendReplacement(result, Matcher.quoteReplacement(value.toString()));
        }
        return variable.appendTail(result).toString().replace("${!", "${");
    }

    /**
     * What takes the place of a parameter's default, or null.
     *
     * @throws TemplateException if the template does not allow it
     */
    @Nullable
    String told(String name) {
        Object parameter = section("Parameters").get(name);
        String value = parameters.get(name);
        if (parameter == null || value == null) {
            return null;
        }
        Object allowed = map(parameter, "Parameters." + name).get("AllowedValues");
        if (allowed instanceof List<?> values
                && values.stream().noneMatch(one -> String.valueOf(one).equals(value))) {
            throw trouble("Parameters." + name, "allows one of " + values + ", not '" + value + "'");
        }
        return value;
    }

    private Object ref(String name, String where) {
        if (name.equals("AWS::NoValue")) {
            return NO_VALUE;
        }
        if (PSEUDO.containsKey(name)) {
            return Objects.requireNonNull(PSEUDO.get(name));
        }
        Object parameter = section("Parameters").get(name);
        if (parameter != null) {
            String told = told(name);
            if (told != null) {
                return told;
            }
            Object value = map(parameter, "Parameters." + name).getOrDefault("Default", LOCAL.get(name));
            if (value == null) {
                throw trouble("Parameters." + name, "needs a Default, or the local cloud does not know its value");
            }
            return value;
        }
        Object resource = resources().get(name);
        if (resource == null) {
            throw trouble(where, "refers to " + name + ", which is neither a parameter nor a resource");
        }
        return switch (type(name)) {
            case "AWS::DynamoDB::Table" -> named(name, "TableName");
            case "AWS::Lambda::Function", "AWS::Serverless::Function" -> functionName(name);
            case "AWS::SQS::Queue" ->
                "https://sqs." + Deployment.REGION + ".amazonaws.com/" + Deployment.ACCOUNT + "/"
                        + named(name, "QueueName");
            case "AWS::Logs::LogGroup" -> named(name, "LogGroupName");
            case "AWS::Events::EventBus" -> named(name, "Name");
            // Ids that AWS gives: each context has an API, and they are not the same.
            case "AWS::ApiGatewayV2::Api", "AWS::ApiGatewayV2::Authorizer" -> name + "-of-" + stack();
            default -> name;
        };
    }

    private String type(String resource) {
        return String.valueOf(map(resources().get(resource), resource).get("Type"));
    }

    private String named(String resource, String property) {
        Object name = property(resource, property);
        return name == null ? stack() + "-" + resource : name.toString();
    }

    /** The name of a function: stack and logical id, as CloudFormation would begin it. */
    String functionName(String resource) {
        Object name = property(resource, "FunctionName");
        return name == null ? stack() + "-" + resource : name.toString();
    }

    private String stack() {
        String name = String.valueOf(file.getFileName());
        if (!name.equals("template.yaml")) {
            return "storyline-" + name.replace(".yaml", "");
        }
        Path folder = file.toAbsolutePath().normalize().resolveSibling("");
        return "storyline-" + folder.resolveSibling("").getFileName() + "-" + folder.getFileName();
    }

    /** The ARN of a table's change stream. */
    String streamArn(String table) {
        return getAtt(table + ".StreamArn", "Resources." + table);
    }

    /** What {@code Ref} answers for a resource. */
    String name(String resource) {
        return ref(resource, "Resources." + resource).toString();
    }

    /** The ARN of a resource. */
    String arn(String resource) {
        return getAtt(resource + ".Arn", "Resources." + resource);
    }

    private String getAtt(Object argument, String where) {
        String text = argument instanceof List<?> parts
                ? String.join(".", parts.stream().map(Object::toString).toList())
                : argument.toString();
        int dot = text.indexOf('.');
        String resource = dot < 0 ? text : text.substring(0, dot);
        String attribute = dot < 0 ? "" : text.substring(dot + 1);
        if (!resources().containsKey(resource)) {
            throw trouble(where, "asks for " + text + ", but there is no resource " + resource);
        }
        String type = type(resource);
        String arn = ":" + Deployment.REGION + ":" + Deployment.ACCOUNT + ":";
        return switch (type + " " + attribute) {
            case "AWS::DynamoDB::Table Arn" -> "arn:aws:dynamodb" + arn + "table/" + named(resource, "TableName");
            case "AWS::DynamoDB::Table StreamArn" ->
                "arn:aws:dynamodb" + arn + "table/" + named(resource, "TableName") + "/stream/local";
            case "AWS::Serverless::Function Arn", "AWS::Lambda::Function Arn" ->
                "arn:aws:lambda" + arn + "function:" + functionName(resource);
            case "AWS::SQS::Queue Arn" -> "arn:aws:sqs" + arn + named(resource, "QueueName");
            case "AWS::SQS::Queue QueueName" -> named(resource, "QueueName");
            case "AWS::Kinesis::Stream Arn" -> "arn:aws:kinesis" + arn + "stream/" + named(resource, "Name");
            case "AWS::Events::EventBus Arn" -> "arn:aws:events" + arn + "event-bus/" + named(resource, "Name");
            case "AWS::Events::Rule Arn" -> "arn:aws:events" + arn + "rule/" + resource;
            case "AWS::Logs::LogGroup Arn" -> "arn:aws:logs" + arn + "log-group:" + named(resource, "LogGroupName");
            case "AWS::ApiGatewayV2::Api ApiEndpoint" -> "http://127.0.0.1";
            default ->
                throw trouble(where, "asks for " + text + " of a " + type + ", which the local cloud does not know");
        };
    }

    private List<?> list(Object value, String where) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw trouble(where, "needs a list");
    }

    private List<?> list(Object value, int size, String where) {
        List<?> list = list(value, where);
        if (list.size() != size) {
            throw trouble(where, "needs a list of " + size + ", not of " + list.size());
        }
        return list;
    }

    private Map<String, Object> map(@Nullable Object value, String where) {
        if (value instanceof Map<?, ?> map) {
            return strings(map);
        }
        throw trouble(where, "must be a mapping");
    }

    private static Map<String, Object> strings(Map<?, ?> map) {
        Map<String, Object> result = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (value != null) {
                result.put(String.valueOf(key), value);
            }
        });
        return result;
    }

    /** A sentence about a place in this template. */
    TemplateException trouble(String where, String problem) {
        return new TemplateException("The template " + file + " cannot be used: " + where + " " + problem + ".");
    }
}
