package dev.storyline.local;

import dev.storyline.deployment.Deployment;
import dev.storyline.local.database.KeptParameters;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which contexts the local cloud runs. A context needs the contexts whose public events it receives.
 *
 * @param named the contexts to run; empty for all
 * @param alone whether only the named contexts run; otherwise the contexts that they need run too
 */
public record ContextSelection(Set<String> named, boolean alone) {
    /** All contexts of the repository. */
    public static final ContextSelection ALL = new ContextSelection(Set.of(), false);

    /** The source of the public events of a context starts with this, as CloudEvents has it. */
    private static final String SOURCE = "urn:storyline:";

    public ContextSelection {
        named = Set.copyOf(named);
    }

    /** These contexts and the contexts that they need. */
    public static ContextSelection withNeeds(String... contexts) {
        return new ContextSelection(Set.of(contexts), false);
    }

    /** These contexts and no others. */
    public static ContextSelection alone(String... contexts) {
        return new ContextSelection(Set.of(contexts), true);
    }

    /**
     * What a selection deploys.
     *
     * @param deployment the templates of the contexts that run
     * @param notice one or two sentences about contexts that were added or left out; empty where there are none
     */
    public record Selected(Deployment deployment, String notice) {}

    /**
     * Reads the templates of the selected contexts.
     *
     * @param root the repository
     * @param parameters values that replace the defaults of template parameters, by name
     * @param kept values that were set earlier, which {@code parameters} replace
     * @throws dev.storyline.deployment.TemplateException if a context does not exist or a template cannot be used
     */
    public Selected read(Path root, Map<String, String> parameters, KeptParameters kept) {
        Deployment deployment = Deployment.readLocally(root, parameters, kept.values(), named);
        Set<String> absent = absentSources(deployment);
        if (alone) {
            return new Selected(without(absent, deployment), aloneNotice(absent));
        }
        if (named.isEmpty()) {
            // All contexts run already; one that is still absent has no slices.
            return new Selected(deployment, "");
        }
        Set<String> added = new TreeSet<>();
        // A needed context that has no slices yet stays absent.
        while (added.addAll(absent)) {
            Set<String> all = new TreeSet<>(named);
            all.addAll(added);
            deployment = Deployment.readLocally(root, parameters, kept.values(), all);
            absent = absentSources(deployment);
        }
        added.removeAll(absent);
        return new Selected(deployment, addedNotice(added));
    }

    /** The contexts whose public events a deployment receives although it does not contain them. */
    private static Set<String> absentSources(Deployment deployment) {
        Set<String> present = deployment.functions().stream()
                .map(Deployment.FunctionSpec::context)
                .collect(Collectors.toSet());
        return deployment.rules().stream()
                .flatMap(rule -> rule.sources().stream())
                .filter(source -> source.startsWith(SOURCE))
                .map(source -> source.substring(SOURCE.length()))
                .filter(context -> !present.contains(context))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Leaves out the rules that only match events of absent contexts, and the queues that only such rules fill. */
    private static Deployment without(Set<String> absent, Deployment all) {
        List<Deployment.EventRule> rules = all.rules().stream()
                .filter(rule -> rule.sources().isEmpty()
                        || rule.sources().stream()
                                .anyMatch(source -> !source.startsWith(SOURCE)
                                        || !absent.contains(source.substring(SOURCE.length()))))
                .toList();
        Set<String> unused = all.rules().stream()
                .map(Deployment.EventRule::target)
                .filter(target -> rules.stream().noneMatch(rule -> rule.target().equals(target)))
                .collect(Collectors.toSet());
        return new Deployment(
                all.functions(),
                all.tables(),
                all.routes(),
                all.feeds(),
                all.queues().stream()
                        .filter(queue -> !unused.contains(queue.arn()))
                        .toList(),
                all.queueFeeds().stream()
                        .filter(feed -> !unused.contains(feed.queue()))
                        .toList(),
                all.subscriptions(),
                rules,
                all.schedules(),
                all.births(),
                all.roles(),
                all.operators());
    }

    private String addedNotice(Set<String> added) {
        return added.isEmpty()
                ? ""
                : words(new TreeSet<>(named)) + " also " + (named.size() == 1 ? "needs " : "need ") + words(added)
                        + ": started too.";
    }

    private String aloneNotice(Set<String> absent) {
        if (named.isEmpty()) {
            return "";
        }
        boolean one = named.size() == 1;
        String receives = absent.isEmpty()
                ? ""
                : (one ? "It receives" : "They receive") + " no public events from " + words(absent) + ". ";
        return words(new TreeSet<>(named)) + (one ? " runs alone. " : " run alone. ") + receives
                + (one ? "Its" : "Their") + " public events reach no other context.";
    }

    /** {@code a}, {@code a and b}, {@code a, b and c}. */
    private static String words(Collection<String> names) {
        List<String> all = List.copyOf(names);
        String last = all.getLast();
        return all.size() == 1 ? last : String.join(", ", all.subList(0, all.size() - 1)) + " and " + last;
    }
}
