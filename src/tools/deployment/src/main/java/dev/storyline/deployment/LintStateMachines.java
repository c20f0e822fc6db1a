package dev.storyline.deployment;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks the definitions of state machines, which CloudFormation takes as they are and only Step Functions reads: every
 * state leads on or ends, every state is reached, every call is repeated when it is throttled, and every placeholder is
 * filled.
 */
final class LintStateMachines {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z]+)}");
    private static final Set<String> ENDS = Set.of("Succeed", "Fail");
    private static final Set<String> TYPES =
            Set.of("Task", "Map", "Choice", "Wait", "Pass", "Parallel", "Succeed", "Fail");

    private LintStateMachines() {}

    static void check(Stack stack, Lint.Sink sink) {
        for (String machine : stack.template().resources("AWS::StepFunctions::StateMachine")) {
            List<String> problems = new ArrayList<>();
            Object definition = stack.template().property(machine, "Definition");
            machine(definition, "", problems);
            Object filled = stack.template().property(machine, "DefinitionSubstitutions");
            Matcher placeholders = PLACEHOLDER.matcher(String.valueOf(definition));
            while (placeholders.find()) {
                if (!(filled instanceof Map<?, ?> values && values.containsKey(placeholders.group(1)))) {
                    problems.add("leaves ${" + placeholders.group(1) + "} open");
                }
            }
            problems.forEach(problem -> sink.report(LintRule.BROKEN_STATE_MACHINE, stack, machine, problem));
        }
    }

    private static void machine(@Nullable Object definition, String where, List<String> problems) {
        if (!(definition instanceof Map<?, ?> machine && machine.get("States") instanceof Map<?, ?> states)) {
            problems.add("has no States" + where);
            return;
        }
        String start = String.valueOf(machine.get("StartAt"));
        if (!states.containsKey(start)) {
            problems.add("starts at " + start + ", which it does not have" + where);
        }
        Deque<String> open = new ArrayDeque<>(List.of(start));
        Set<String> reached = new HashSet<>();
        while (!open.isEmpty()) {
            String name = open.pop();
            if (reached.add(name) && states.get(name) instanceof Map<?, ?> state) {
                state(name, state, states, open, problems);
            }
        }
        states.keySet().stream()
                .filter(name -> !reached.contains(name.toString()))
                .forEach(name -> problems.add("never reaches " + name + where));
    }

    private static void state(
            String name, Map<?, ?> state, Map<?, ?> states, Deque<String> open, List<String> problems) {
        String type = String.valueOf(state.get("Type"));
        if (!TYPES.contains(type)) {
            problems.add(name + " is a " + type);
        }
        List<String> next = new ArrayList<>();
        add(state.get("Next"), next);
        add(state.get("Default"), next);
        if (state.get("Choices") instanceof List<?> choices) {
            choices.forEach(choice -> add(choice instanceof Map<?, ?> rule ? rule.get("Next") : null, next));
        }
        if (state.get("Catch") instanceof List<?> caught) {
            caught.forEach(one -> add(one instanceof Map<?, ?> rule ? rule.get("Next") : null, next));
        }
        if (next.isEmpty() && !ENDS.contains(type) && !Boolean.TRUE.equals(state.get("End"))) {
            problems.add(name + " leads nowhere, and is no end");
        }
        if (type.equals("Choice") && state.get("Default") == null) {
            problems.add(name + " has no Default");
        }
        if (type.equals("Task") && !(state.get("Retry") instanceof List<?> retries && !retries.isEmpty())) {
            problems.add(name + " is not repeated when it is throttled: it has no Retry");
        }
        if (type.equals("Map")) {
            machine(state.get("ItemProcessor"), " of the items of " + name, problems);
        }
        for (String other : next) {
            if (states.containsKey(other)) {
                open.push(other);
            } else {
                problems.add(name + " leads to " + other + ", which it does not have");
            }
        }
    }

    private static void add(@Nullable Object name, List<String> to) {
        if (name != null) {
            to.add(name.toString());
        }
    }
}
