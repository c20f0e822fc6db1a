package dev.storyline.deployment;

import dev.storyline.deployment.TemplateFile.Intrinsic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One SAM template, resolved with certain parameters. Evaluates the intrinsic functions {@code Ref}, {@code Sub},
 * {@code GetAtt}, {@code ImportValue}, {@code If}, {@code Equals}, {@code And}, {@code Or}, {@code Not} and
 * {@code Join}, in short and long form. For any other intrinsic function, it throws a {@link TemplateException} that
 * names the file and the place.
 */
final class Template {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}!]+)}");
    /** The value of {@code AWS::NoValue}: the property is absent. */
    private static final Object NO_VALUE = new Object();

    private static final Map<String, String> PSEUDO = Map.of(
            "AWS::Region", Deployment.REGION,
            "AWS::AccountId", Deployment.ACCOUNT,
            "AWS::Partition", "aws",
            "AWS::URLSuffix", "amazonaws.com",
            "AWS::StackName", "local");

    /** Values of the local cloud for parameters that have no default in any template. */
    private static final Map<String, String> LOCAL =
            Map.of("JwtIssuer", Deployment.ISSUER, "JwtAudience", Deployment.AUDIENCE);

    private final TemplateFile source;
    private final Function<String, @Nullable String> exports;
    private final Map<String, String> parameters;

    /**
     * Creates a template with its context.
     *
     * @param exports returns the value of another template's export by name
     * @param parameters values that replace the defaults, by name
     */
    Template(TemplateFile source, Function<String, @Nullable String> exports, Map<String, String> parameters) {
        this.source = source;
        this.exports = exports;
        this.parameters = parameters;
    }

    /** Returns the unresolved template. */
    TemplateFile source() {
        return source;
    }

    /** Returns the same template with other parameters and exports. */
    Template with(Function<String, @Nullable String> otherExports, Map<String, String> otherParameters) {
        return new Template(source, otherExports, otherParameters);
    }

    /** Returns the value of a parameter, or null if the parameter does not exist. */
    @Nullable
    String parameter(String name) {
        return source.section("Parameters").containsKey(name)
                ? ref(name, "Parameters").toString()
                : null;
    }

    /** Returns the names of the exports that this template imports, in order and regardless of conditions. */
    List<String> imports() {
        List<String> names = new ArrayList<>();
        collectImports(source.content(), names);
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

    /** Returns a resource attribute outside its properties, such as {@code DeletionPolicy}; empty if it is not set. */
    String attribute(String resource, String name) {
        Object value = source.map(source.resources().get(resource), resource).get(name);
        return value == null ? "" : resolve(value, "Resources." + resource).toString();
    }

    /** Returns the logical ids of the deployed resources of one type, in order. */
    List<String> resources(String type) {
        return declared(type).stream()
                .filter(id -> isThere(Objects.requireNonNull(source.resources().get(id)), "Resources." + id))
                .toList();
    }

    /** Returns the logical ids of all resources of one type, in order and regardless of conditions. */
    List<String> declared(String type) {
        return source.resources().keySet().stream()
                .filter(id -> type.equals(source.type(id)))
                .toList();
    }

    private boolean isThere(Object item, String where) {
        Object condition = source.map(item, where).get("Condition");
        return condition == null || isTrue(condition(condition.toString(), where));
    }

    /** Returns a property of a resource with all intrinsic functions resolved, or null if it is not set. */
    @Nullable
    Object property(String resource, String... path) {
        Object value = source.map(source.resources().get(resource), resource).get("Properties");
        return at(value, "Resources." + resource, path);
    }

    /** Returns a resolved value from the Globals section for functions, or null if it is not set. */
    @Nullable
    Object global(String... path) {
        Object functions = source.section("Globals").get("Function");
        return functions == null ? null : at(functions, "Globals.Function", path);
    }

    private @Nullable Object at(@Nullable Object start, String where, String... path) {
        Object value = start;
        for (String step : path) {
            if (value == null) {
                return null;
            }
            value = source.map(value, where).get(step);
        }
        if (value == null) {
            return null;
        }
        Object resolved = resolve(value, where + "." + String.join(".", path));
        return resolved.equals(NO_VALUE) ? null : resolved;
    }

    /** Returns a required property as text. */
    String text(String resource, String... path) {
        Object value = property(resource, path);
        if (value == null) {
            throw source.problem("Resources." + resource, "needs " + String.join(".", path));
        }
        return value.toString();
    }

    /** Returns the exports of the template, by name. */
    Map<String, String> exports() {
        Map<String, String> result = new LinkedHashMap<>();
        source.section("Outputs").forEach((name, output) -> {
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
            case Map<?, ?> map -> resolve(TemplateFile.strings(map), where);
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
                throw source.problem(
                        where, "uses the intrinsic function " + name + ", which the local cloud does not know");
        };
    }

    private Object condition(String name, String where) {
        Object condition = source.section("Conditions").get(name);
        if (condition == null) {
            throw source.problem(where, "asks for the condition " + name + ", which is not declared");
        }
        return resolve(condition, "Conditions." + name);
    }

    private static boolean isTrue(Object value) {
        return Boolean.TRUE.equals(value);
    }

    private String imported(String name, String where) {
        String value = exports.apply(name);
        if (value == null) {
            throw source.problem(where, "imports " + name + ", which no template exports");
        }
        return value;
    }

    private String sub(Object argument, String where) {
        String text = argument instanceof List<?> parts ? parts.getFirst().toString() : argument.toString();
        Map<String, Object> own = argument instanceof List<?> parts ? source.map(parts.get(1), where) : Map.of();
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
     * Returns the value that replaces a parameter's default, or null if there is none.
     *
     * @throws TemplateException if the template does not allow the value
     */
    @Nullable
    String told(String name) {
        Object parameter = source.section("Parameters").get(name);
        String value = parameters.get(name);
        if (parameter == null || value == null) {
            return null;
        }
        Object allowed = source.map(parameter, "Parameters." + name).get("AllowedValues");
        if (allowed instanceof List<?> values
                && values.stream().noneMatch(one -> String.valueOf(one).equals(value))) {
            throw source.problem("Parameters." + name, "allows one of " + values + ", not '" + value + "'");
        }
        Object pattern = source.map(parameter, "Parameters." + name).get("AllowedPattern");
        for (String one : isList(parameter, name) ? elements(value) : List.of(value)) {
            if (pattern != null && !one.matches(pattern.toString())) {
                throw source.problem("Parameters." + name, "allows what matches " + pattern + ", not '" + one + "'");
            }
        }
        return value;
    }

    private boolean isList(Object parameter, String name) {
        return "CommaDelimitedList"
                .equals(source.map(parameter, "Parameters." + name).get("Type"));
    }

    /** Returns the elements of a list, as CloudFormation takes them apart. */
    private static List<String> elements(String list) {
        return Stream.of(list.split(",", -1)).map(String::strip).toList();
    }

    private Object ref(String name, String where) {
        if (name.equals("AWS::NoValue")) {
            return NO_VALUE;
        }
        if (PSEUDO.containsKey(name)) {
            return Objects.requireNonNull(PSEUDO.get(name));
        }
        Object parameter = source.section("Parameters").get(name);
        if (parameter != null) {
            String told = told(name);
            Object value = told == null
                    ? source.map(parameter, "Parameters." + name).getOrDefault("Default", LOCAL.get(name))
                    : told;
            if (value == null) {
                throw source.problem(
                        "Parameters." + name, "needs a Default, or the local cloud does not know its value");
            }
            return isList(parameter, name) ? elements(value.toString()) : value;
        }
        Object resource = source.resources().get(name);
        if (resource == null) {
            throw source.problem(where, "refers to " + name + ", which is neither a parameter nor a resource");
        }
        return switch (source.type(name)) {
            case "AWS::DynamoDB::Table" -> named(name, "TableName");
            case "AWS::Lambda::Function", "AWS::Serverless::Function" -> functionName(name);
            case "AWS::SQS::Queue" ->
                "https://sqs." + Deployment.REGION + ".amazonaws.com/" + Deployment.ACCOUNT + "/"
                        + named(name, "QueueName");
            case "AWS::SNS::Topic" ->
                "arn:aws:sns:" + Deployment.REGION + ":" + Deployment.ACCOUNT + ":" + named(name, "TopicName");
            // AWS appends the time of the registration.
            case "AWS::Kinesis::StreamConsumer" ->
                text(name, "StreamARN") + "/consumer/" + named(name, "ConsumerName") + ":1";
            case "AWS::Logs::LogGroup" -> named(name, "LogGroupName");
            case "AWS::S3::Bucket" -> named(name, "BucketName");
            case "AWS::Events::EventBus", "AWS::Scheduler::ScheduleGroup" -> named(name, "Name");
            // AWS assigns these ids. Each context has its own API, so the ids differ.
            case "AWS::ApiGatewayV2::Api", "AWS::ApiGatewayV2::Authorizer" -> name + "-of-" + source.stack();
            default -> name;
        };
    }

    private String named(String resource, String property) {
        Object name = property(resource, property);
        return name == null ? source.stack() + "-" + resource : name.toString();
    }

    /** Returns the name of a function: stack and logical id, like the prefix that CloudFormation generates. */
    String functionName(String resource) {
        Object name = property(resource, "FunctionName");
        return name == null ? source.stack() + "-" + resource : name.toString();
    }

    /** Returns the ARN of a table's change stream. */
    String streamArn(String table) {
        return getAtt(table + ".StreamArn", "Resources." + table);
    }

    /** Returns the value of {@code Ref} for a resource. */
    String name(String resource) {
        return ref(resource, "Resources." + resource).toString();
    }

    /** Returns the ARN of a resource. */
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
        if (!source.resources().containsKey(resource)) {
            throw source.problem(where, "asks for " + text + ", but there is no resource " + resource);
        }
        String type = source.type(resource);
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
            case "AWS::S3::Bucket Arn" -> "arn:aws:s3:::" + named(resource, "BucketName");
            case "AWS::Events::Rule Arn" -> "arn:aws:events" + arn + "rule/" + resource;
            case "AWS::Logs::LogGroup Arn" -> "arn:aws:logs" + arn + "log-group:" + named(resource, "LogGroupName");
            case "AWS::StepFunctions::StateMachine Arn" ->
                "arn:aws:states" + arn + "stateMachine:" + named(resource, "StateMachineName");
            case "AWS::IAM::Role Arn" -> "arn:aws:iam::" + Deployment.ACCOUNT + ":role/" + named(resource, "RoleName");
            case "AWS::ApiGatewayV2::Api ApiEndpoint" -> "http://127.0.0.1";
            default ->
                throw source.problem(
                        where, "asks for " + text + " of a " + type + ", which the local cloud does not know");
        };
    }

    private List<?> list(Object value, String where) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw source.problem(where, "needs a list");
    }

    private List<?> list(Object value, int size, String where) {
        List<?> list = list(value, where);
        if (list.size() != size) {
            throw source.problem(where, "needs a list of " + size + ", not of " + list.size());
        }
        return list;
    }
}
