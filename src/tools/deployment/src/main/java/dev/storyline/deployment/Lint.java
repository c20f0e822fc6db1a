package dev.storyline.deployment;

import dev.storyline.model.Landscape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks every template of a repository against {@link LintRule}s: as written, and as deployed under its
 * defaults and under each other value of its parameters, so that both branches of every condition are checked.
 */
public final class Lint {
    /** The number of readers that AWS advises for one shard of a DynamoDB stream. */
    private static final int MOST_READERS = 2;

    private final Set<LintFinding> findings = new LinkedHashSet<>();

    private Lint() {}

    /** Receives the findings of the checks. */
    interface Sink {
        /** Names a resource by its logical id, anything else by its whole path. */
        void report(LintRule rule, Stack stack, String place, String what);
    }

    /**
     * Checks the templates of a repository.
     *
     * @return the findings, in the order of files
     * @throws TemplateException if a file is no template
     * @throws dev.storyline.model.ModelException if a model cannot be read
     */
    public static List<LintFinding> of(Path root) {
        Lint lint = new Lint();
        Stacks stacks = Stacks.read(root);
        Landscape landscape = Landscape.read(root);
        Sources sources = new Sources();
        stacks.all().forEach(stack -> LintText.check(stack, lint::report));
        lint.guarded(stacks, stack -> lint.checkReaders(stack, stacks));
        lint.checkDeployed(stacks, landscape, sources);
        for (Stacks others : stacks.otherwise()) {
            lint.checkDeployed(others, landscape, sources);
        }
        return lint.findings.stream()
                .sorted(Comparator.comparing(LintFinding::file))
                .toList();
    }

    /**
     * Counts the metrics that the alarms of all templates watch under their defaults. CloudWatch bills each of them.
     *
     * @throws TemplateException if a file is no template
     */
    public static int watchedMetrics(Path root) {
        return Stacks.read(root).all().stream()
                .mapToInt(stack -> LintAlarms.watched(stack.template()))
                .sum();
    }

    /**
     * Adds up the concurrent executions that the functions of all templates reserve under their defaults.
     *
     * @throws TemplateException if a file is no template
     */
    public static int reservedConcurrency(Path root) {
        return Stacks.read(root).all().stream()
                .flatMap(stack -> stack.functions().stream()
                        .map(function -> String.valueOf(stack.setting(function, "ReservedConcurrentExecutions"))))
                .filter(reserved -> reserved.matches("\\d{1,6}"))
                .mapToInt(Integer::parseInt)
                .sum();
    }

    private void checkDeployed(Stacks stacks, Landscape landscape, Sources sources) {
        LintRoutes routes = new LintRoutes(landscape, stacks, this::report);
        Grants grants = new Grants(landscape, stacks, sources);
        guarded(stacks, stack -> {
            stack.template().exports();
            LintFeeds.check(stack, this::report);
            LintFanout.check(stack, stacks, this::report);
            LintResources.check(stack, sources, this::report);
            routes.check(stack);
            LintCallers.check(stack, stacks, this::report);
            LintAlarms.check(stack, this::report);
            checkGrants(stack, grants, sources);
        });
    }

    private interface Check {
        void check(Stack stack);
    }

    /** A template that cannot be resolved does not hide findings in others. */
    private void guarded(Stacks stacks, Check check) {
        for (Stack stack : stacks.all()) {
            try {
                check.check(stack);
            } catch (TemplateException e) {
                findings.add(new LintFinding(LintRule.UNREADABLE, stack.file(), "", String.valueOf(e.getMessage())));
            }
        }
    }

    private void report(LintRule rule, Stack stack, String place, String what) {
        boolean whole = place.contains(".") || place.equals("Resources");
        findings.add(new LintFinding(rule, stack.file(), whole ? place : "Resources." + place, what));
    }

    /** Counts readers under the defaults. A deployment with other values is a decision of its own. */
    private void checkReaders(Stack infra, Stacks stacks) {
        if (!infra.infra()) {
            return;
        }
        for (String table : infra.eventTables()) {
            String stream = infra.template().streamArn(table);
            List<String> readers = new ArrayList<>();
            for (Stack stack : stacks.all()) {
                stack.mappings(null).stream()
                        .filter(mapping -> stack.source(mapping).equals(stream))
                        .forEach(mapping ->
                                readers.add(stack.infra() ? stack.path() : stack.context() + "/" + stack.slice()));
            }
            if (readers.size() > MOST_READERS) {
                report(
                        LintRule.TOO_MANY_READERS,
                        infra,
                        table,
                        "has " + readers.size() + " functions at its stream: " + String.join(", ", readers));
            }
        }
    }

    private void checkGrants(Stack stack, Grants grants, Sources sources) {
        for (String role : stack.template().resources("AWS::IAM::Role")) {
            List<String> beyond = grants.beyondDeadlines(stack, role);
            if (!beyond.isEmpty()) {
                report(LintRule.TOO_MUCH_GRANTED, stack, role, String.join("; ", beyond));
            }
        }
        for (String policy : stack.template().resources("AWS::IAM::ManagedPolicy")) {
            List<String> beyond = OperatorGrants.beyond(stack, policy);
            if (!beyond.isEmpty()) {
                report(LintRule.TOO_MUCH_GRANTED, stack, policy, String.join("; ", beyond));
            }
        }
        grants.losesDeadlines(stack)
                .forEach(function -> report(
                        LintRule.NO_FAILURE_DESTINATION,
                        stack,
                        function,
                        "gets commands of deadlines, and has no queue for those that fail"));
        for (String function : stack.functions()) {
            List<String> beyond = grants.beyond(stack, function);
            // The rights of a function that cannot start are unknown.
            if (!beyond.isEmpty() && sources.exports(stack).contains(stack.export(function))) {
                report(LintRule.TOO_MUCH_GRANTED, stack, function, String.join("; ", beyond));
            }
        }
    }
}
