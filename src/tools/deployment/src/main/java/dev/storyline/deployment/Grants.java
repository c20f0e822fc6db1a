package dev.storyline.deployment;

import dev.storyline.model.Element.Kind;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.Ref;
import dev.storyline.model.Slice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The most that the functions of slices may be granted: the actions that the model implies, on the resources of the
 * templates. The export name tells the kind of function: the name of the slice, alone or with {@code -inner},
 * {@code -translation}, {@code -feed}, {@code -upkeep}.
 */
final class Grants {
    private static final List<String> VIEW_READS =
            List.of("dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query");
    private static final List<String> VIEW_WRITES = List.of(
            "dynamodb:BatchGetItem",
            "dynamodb:ConditionCheckItem",
            "dynamodb:DeleteItem",
            "dynamodb:GetItem",
            "dynamodb:PutItem",
            "dynamodb:UpdateItem");
    private static final List<String> VIEW_REBUILDS = Stream.concat(
                    VIEW_WRITES.stream(), Stream.of("dynamodb:BatchWriteItem", "dynamodb:Query", "dynamodb:Scan"))
            .toList();
    private static final List<String> KINESIS_READS = List.of(
            "kinesis:DescribeStream",
            "kinesis:DescribeStreamSummary",
            "kinesis:GetRecords",
            "kinesis:GetShardIterator",
            "kinesis:ListShards");

    private static final Map<String, String> SCHEDULER = Map.of("Service", "scheduler.amazonaws.com");
    private static final Map<String, String> EVENTS = Map.of("Service", "events.amazonaws.com");
    private static final Map<String, String> STATES = Map.of("Service", "states.amazonaws.com");

    private final Landscape landscape;
    private final Stacks stacks;
    private final Sources sources;

    private static final String IN_TRANSACTIONS = "in transactions";

    private static final Pattern TRANSACTIONS = Pattern.compile(
            "\\{(ForAnyValue:|ForAllValues:)?StringEquals=\\{dynamodb:EnclosingOperation=\\[?TransactWriteItems]?}}");

    private static final Pattern ONE_STREAM =
            Pattern.compile("\\{ForAllValues:StringEquals=\\{dynamodb:LeadingKeys=\\[([^],]+)]}}");

    /**
     * An action on a resource.
     *
     * @param where where it is allowed only: {@link #IN_TRANSACTIONS}, or in the stream of this name; empty for everywhere
     */
    private record Grant(String action, String resource, String where) {}

    Grants(Landscape landscape, Stacks stacks, Sources sources) {
        this.landscape = landscape;
        this.stacks = stacks;
        this.sources = sources;
    }

    /**
     * Returns what a role may beyond its purpose, in words: a role for schedules sends the commands of its slice's
     * deadlines, a role for state machines asks the slice's maintenance function. Of a context, a state machine does the
     * restore drill with the policies of its operators, and a rule starts it.
     */
    List<String> beyondRole(Stack stack, String role) {
        List<String> beyond = new ArrayList<>();
        Template template = stack.template();
        List<?> takers = oneOrMore(template.property(role, "AssumeRolePolicyDocument", "Statement"));
        boolean ofMachines = isTakenBy(STATES, takers);
        boolean ofRules = stack.infra() && isTakenBy(EVENTS, takers);
        for (Object statement : takers) {
            if (!ofMachines
                    && !ofRules
                    && !(statement instanceof Map<?, ?> fields && SCHEDULER.equals(fields.get("Principal")))) {
                beyond.add("lets others than EventBridge Scheduler or Step Functions take it: " + statement);
            }
        }
        List<String> operators =
                stack.infra() && ofMachines ? template.resources("AWS::IAM::ManagedPolicy") : List.of();
        if (!operators.containsAll(oneOrMore(template.property(role, "ManagedPolicyArns")))) {
            beyond.add("has policies that stand elsewhere");
        }
        Set<Grant> allowed = ofRules ? ofRules(stack) : ofMachines ? ofMachines(stack) : ofSchedules(stack);
        for (Object policy : oneOrMore(template.property(role, "Policies"))) {
            Object document = policy instanceof Map<?, ?> fields ? fields.get("PolicyDocument") : null;
            for (Object statement : oneOrMore(document instanceof Map<?, ?> fields ? fields.get("Statement") : null)) {
                if (statement instanceof Map<?, ?> fields && !"Deny".equals(fields.get("Effect"))) {
                    addBeyond(fields, allowed, beyond);
                }
            }
        }
        return beyond;
    }

    private static boolean isTakenBy(Map<String, String> principal, List<?> takers) {
        return !takers.isEmpty()
                && takers.stream()
                        .allMatch(one -> one instanceof Map<?, ?> fields && principal.equals(fields.get("Principal")));
    }

    private static Set<Grant> ofRules(Stack stack) {
        Set<Grant> allowed = new HashSet<>();
        List<String> machines = stack.template().resources("AWS::StepFunctions::StateMachine");
        add(List.of("states:StartExecution"), arns(stack, machines), allowed);
        return allowed;
    }

    private Set<Grant> ofSchedules(Stack stack) {
        Set<Grant> allowed = new HashSet<>();
        for (Stack target : deadlines(stack)) {
            add(List.of("lambda:InvokeFunction"), inner(target), allowed);
            add(List.of("sqs:SendMessage"), missed(target), allowed);
        }
        return allowed;
    }

    private static Set<Grant> ofMachines(Stack stack) {
        Set<Grant> allowed = new HashSet<>();
        if (stack.infra()) {
            // The slices of the context are found by their tag.
            add(List.of("tag:GetResources"), List.of("*"), allowed);
            return allowed;
        }
        List<String> maintenance = stack.functions().stream()
                .filter(function -> stack.export(function).equals(stack.slice() + "-upkeep"))
                .toList();
        add(List.of("lambda:InvokeFunction"), arns(stack, maintenance), allowed);
        List<String> machines = stack.template().resources("AWS::StepFunctions::StateMachine");
        add(List.of("states:StartExecution"), arns(stack, machines), allowed);
        return allowed;
    }

    /** Returns the internal endpoints that get commands of deadlines, and lose those that fail. */
    List<String> losesDeadlines(Stack stack) {
        return isDeadline(stack)
                ? inners(stack).stream()
                        .filter(function -> !missed(stack)
                                .contains(String.valueOf(stack.setting(
                                        function,
                                        "EventInvokeConfig",
                                        "DestinationConfig",
                                        "OnFailure",
                                        "Destination"))))
                        .toList()
                : List.of();
    }

    /** Returns the slices to which a slice has commands dispatched at an instant. */
    private List<Stack> deadlines(Stack stack) {
        Model model = landscape.models().get(stack.context());
        return model == null
                ? List.of()
                : model.slice(stack.slice()).stream()
                        .flatMap(slice -> slice.deadlines().stream())
                        .flatMap(deadline -> handling(model, deadline.command()))
                        .toList();
    }

    /** Returns whether any slice has the commands of this slice dispatched at an instant. */
    private boolean isDeadline(Stack stack) {
        return stacks.all().stream()
                .flatMap(other -> deadlines(other).stream())
                .anyMatch(target -> target.path().equals(stack.path()));
    }

    /** Returns the queues of a slice that no function reads, so that they can keep commands that failed. */
    private static List<String> missed(Stack slice) {
        List<String> read = queues(slice, null);
        return arns(slice, slice.template().resources("AWS::SQS::Queue")).stream()
                .filter(queue -> !read.contains(queue))
                .toList();
    }

    /** Returns the excess grants of a function in words: {@code dynamodb:UpdateItem on arn:...}. */
    List<String> beyond(Stack stack, String function) {
        List<String> beyond = new ArrayList<>();
        if (stack.setting(function, "Role") != null) {
            beyond.add("has a Role that stands elsewhere");
        }
        if (stack.template().property(function, "Events") != null) {
            beyond.add("has Events, to which SAM attaches policies for more than their source");
        }
        Set<Grant> allowed = allowed(stack, function);
        for (Object policy : oneOrMore(stack.setting(function, "Policies"))) {
            Object statements = policy instanceof Map<?, ?> document ? document.get("Statement") : null;
            if (statements == null) {
                beyond.add("has the policy " + policy + ", whose statements stand elsewhere");
            }
            for (Object statement : oneOrMore(statements)) {
                if (statement instanceof Map<?, ?> fields && !"Deny".equals(fields.get("Effect"))) {
                    addBeyond(fields, allowed, beyond);
                }
            }
        }
        return beyond;
    }

    private static void addBeyond(Map<?, ?> statement, Set<Grant> allowed, List<String> beyond) {
        String where = where(String.valueOf(statement.get("Condition")));
        for (Object action : oneOrMore(statement.get("Action"))) {
            for (Object resource : oneOrMore(statement.get("Resource"))) {
                if (!(allowed.contains(new Grant(action.toString(), resource.toString(), ""))
                        || allowed.contains(new Grant(action.toString(), resource.toString(), where)))) {
                    beyond.add("may " + action + " on " + resource + (where.isEmpty() ? "" : " " + where));
                }
            }
        }
    }

    private static String where(String condition) {
        Matcher stream = ONE_STREAM.matcher(condition);
        return TRANSACTIONS.matcher(condition).matches()
                ? IN_TRANSACTIONS
                : stream.matches() ? inStream(stream.group(1)) : "";
    }

    private static String inStream(String stream) {
        return "in the stream " + stream;
    }

    static List<?> oneOrMore(@Nullable Object value) {
        return value instanceof List<?> several ? several : value == null ? List.of() : List.of(value);
    }

    private Set<Grant> allowed(Stack stack, String function) {
        Set<Grant> allowed = new HashSet<>();
        if (stack.infra()) {
            addDistributor(stack, function, allowed);
            return allowed;
        }
        Model model = landscape.models().get(stack.context());
        Slice slice = model == null ? null : model.slice(stack.slice()).orElse(null);
        Optional<Stack> infra = stacks.infra(stack.context());
        if (model == null || slice == null || infra.isEmpty()) {
            return allowed;
        }
        List<String> events = arns(infra.get(), infra.get().eventTables());
        List<String> views = tables(stack);
        // A layer that exports spans, where a parameter attaches one.
        add(List.of("xray:PutTelemetryRecords", "xray:PutTraceSegments"), List.of("*"), allowed);
        String export = stack.export(function);
        String endpoint = export.startsWith(stack.slice())
                ? export.substring(stack.slice().length())
                : export;
        switch (endpoint) {
            case "" -> {
                addCommand(stack, slice, events, allowed);
                addGatekeeper(model, slice, allowed);
                addQuery(stack, slice, events, allowed);
            }
            case "-inner" -> {
                addCommand(stack, slice, events, allowed);
                if (isDeadline(stack)) {
                    add(List.of("sqs:SendMessage"), missed(stack), allowed);
                }
            }
            case "-translation" -> {
                addCommand(stack, slice, events, allowed);
                add(Need.OF_QUEUES, queues(stack, function), allowed);
            }
            case "-feed" -> {
                add(List.of("dynamodb:Query"), events, allowed);
                add(VIEW_WRITES, views, allowed);
                addFeed(stack, function, infra.get(), allowed);
                addEffects(stack, model, slice, infra.get(), allowed);
            }
            case "-upkeep" -> {
                addUpkeep(stack, events, allowed);
                add(VIEW_REBUILDS, views, allowed);
                add(Need.OF_QUEUES, queues(stack, function), allowed);
                addEffects(stack, model, slice, infra.get(), allowed);
            }
            default -> {}
        }
        if (!model.ends().isEmpty()) {
            // Streams that have ended are read from the archive.
            arns(infra.get(), infra.get().template().resources("AWS::S3::Bucket"))
                    .forEach(bucket -> add(List.of("s3:GetObject"), List.of(bucket + "/*"), allowed));
        }
        return allowed;
    }

    /** What maintenance reads of event tables, and records there. */
    private void addUpkeep(Stack stack, List<String> events, Set<Grant> allowed) {
        add(List.of("dynamodb:DescribeTable", "dynamodb:Query", "dynamodb:Scan"), events, allowed);
        // What operators do is recorded in the stream of the slice, and nowhere else.
        events.forEach(
                table -> allowed.add(new Grant("dynamodb:PutItem", table, inStream("operator#" + stack.slice()))));
        add(
                List.of("dynamodb:Query", "dynamodb:Scan"),
                events.stream().map(OperatorGrants::restored).toList(),
                allowed);
    }

    private void addCommand(Stack stack, Slice slice, List<String> events, Set<Grant> allowed) {
        if (slice.command() == null) {
            return;
        }
        add(List.of("dynamodb:PutItem", "dynamodb:Query"), events, allowed);
        if (sources.isAtomic(stack)) {
            events.forEach(table -> allowed.add(new Grant("dynamodb:ConditionCheckItem", table, IN_TRANSACTIONS)));
        }
    }

    private void addQuery(Stack stack, Slice slice, List<String> events, Set<Grant> allowed) {
        if (slice.views().isEmpty()) {
            return;
        }
        add(VIEW_READS, tables(stack), allowed);
        add(List.of("dynamodb:Query"), events, allowed);
    }

    private void addGatekeeper(Model model, Slice slice, Set<Grant> allowed) {
        if (slice.gatekeeper() == null) {
            return;
        }
        for (Ref read : slice.gatekeeper().reads()) {
            model.slices().stream()
                    .filter(keeper -> read.context().isEmpty()
                            && model.elements(Kind.VIEW).containsKey(read.element())
                            && keeper.views().stream()
                                    .anyMatch(view -> view.element().equals(read.element())))
                    .flatMap(keeper -> stacks.slice(model.context(), keeper.name()).stream())
                    .forEach(keeper -> add(VIEW_READS, tables(keeper), allowed));
        }
    }

    /** A distributor reads the change stream of its mapping, publishes to its topic, and sends to its failure queue. */
    private static void addDistributor(Stack infra, String function, Set<Grant> allowed) {
        Object topic = infra.setting(function, "Environment", "Variables", Deployment.COMMIT_TOPIC);
        if (topic == null) {
            return;
        }
        for (String mapping : infra.mappings(function)) {
            add(Need.OF_CHANGE_STREAMS, List.of(infra.source(mapping)), allowed);
            Object failures = infra.template().property(mapping, "DestinationConfig", "OnFailure", "Destination");
            add(List.of("sqs:SendMessage"), List.of(String.valueOf(failures)), allowed);
        }
        add(List.of("sns:Publish"), List.of(topic.toString()), allowed);
    }

    /** A feed function reads its own mapping of its context, and sends to the failure queue. */
    private static void addFeed(Stack stack, String function, Stack infra, Set<Grant> allowed) {
        List<String> streams = infra.eventTables().stream()
                .filter(table -> infra.template().property(table, "StreamSpecification") != null)
                .map(infra.template()::streamArn)
                .toList();
        List<String> kinesis = arns(infra, infra.template().declared("AWS::Kinesis::Stream"));
        for (String mapping : stack.mappings(function)) {
            List<String> source = List.of(stack.source(mapping));
            add(Need.OF_CHANGE_STREAMS, streams.containsAll(source) ? source : List.of(), allowed);
            for (String stream : kinesis) {
                if (source.getFirst().equals(stream)) {
                    add(KINESIS_READS, source, allowed);
                } else if (source.getFirst().startsWith(stream + "/consumer/")) {
                    add(KINESIS_READS, List.of(stream), allowed);
                    add(List.of("kinesis:SubscribeToShard"), source, allowed);
                }
            }
        }
        add(Need.OF_QUEUES, queues(stack, function), allowed);
        add(List.of("sqs:SendMessage"), queues(stack, null), allowed);
    }

    /** Returns the queues that a function reads; for null, those that any function of the template reads. */
    private static List<String> queues(Stack stack, @Nullable String function) {
        return stack.mappings(function).stream()
                .filter(stack::readsQueue)
                .map(stack::source)
                .toList();
    }

    private void addEffects(Stack stack, Model model, Slice slice, Stack infra, Set<Grant> allowed) {
        if (!slice.publishes().isEmpty()) {
            add(List.of("events:PutEvents"), arns(infra, infra.template().resources("AWS::Events::EventBus")), allowed);
        }
        for (Ref command : slice.dispatches()) {
            handling(model, command).forEach(one -> add(List.of("lambda:InvokeFunction"), inner(one), allowed));
        }
        if (!slice.deadlines().isEmpty()) {
            for (String group : stack.template().resources("AWS::Scheduler::ScheduleGroup")) {
                add(
                        List.of("scheduler:CreateSchedule", "scheduler:DeleteSchedule"),
                        List.of(Need.schedule(stack.template().name(group), "*")),
                        allowed);
            }
            add(List.of("iam:PassRole"), arns(stack, stack.template().resources("AWS::IAM::Role")), allowed);
        }
    }

    /** Returns the slices that handle a command. */
    private Stream<Stack> handling(Model model, Ref command) {
        String context = command.context().isEmpty() ? model.context() : command.context();
        Model other = landscape.models().get(context);
        return other == null
                ? Stream.of()
                : other.slices().stream()
                        .filter(one ->
                                one.command() != null && one.command().element().equals(command.element()))
                        .flatMap(one -> stacks.slice(context, one.name()).stream());
    }

    private static List<String> inner(Stack slice) {
        return arns(slice, inners(slice));
    }

    private static List<String> inners(Stack slice) {
        return slice.functions().stream()
                .filter(function -> slice.export(function).equals(slice.slice() + "-inner"))
                .toList();
    }

    private static List<String> tables(Stack stack) {
        return arns(stack, stack.template().resources("AWS::DynamoDB::Table"));
    }

    private static List<String> arns(Stack stack, List<String> resources) {
        return resources.stream().map(stack.template()::arn).toList();
    }

    private static void add(List<String> actions, List<String> resources, Set<Grant> allowed) {
        for (String action : actions) {
            for (String resource : resources) {
                allowed.add(new Grant(action, resource, ""));
            }
        }
    }
}
