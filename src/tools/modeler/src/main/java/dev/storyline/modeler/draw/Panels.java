package dev.storyline.modeler.draw;

import dev.storyline.model.BusinessRule;
import dev.storyline.model.Element;
import dev.storyline.model.Element.Kind;
import dev.storyline.model.Field;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.ModelDeadline;
import dev.storyline.model.Notes;
import dev.storyline.model.Ref;
import dev.storyline.model.ScenarioStep;
import dev.storyline.model.Slice;
import dev.storyline.model.Specification;
import dev.storyline.model.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The details of every element and slice, as HTML templates that the page shows on selection. */
final class Panels {
    /** The maximum number of scenarios in a panel. The rest is shown as a count. */
    private static final int MOST_SPECIFICATIONS = 40;

    private final Markup out;
    private final Landscape landscape;
    private final Map<String, String> gaps;
    private final Lineage lineage;
    private final Map<String, List<Scenario>> users;

    Panels(Markup out, Landscape landscape, Map<String, String> gaps, Lineage lineage) {
        this.out = out;
        this.landscape = landscape;
        this.gaps = gaps;
        this.lineage = lineage;
        users = users(landscape);
    }

    /** A scenario with its slice. */
    private record Scenario(Model model, Slice slice, Specification specification) {}

    void write() {
        for (Model model : landscape.models().values()) {
            model.slices().forEach(slice -> slice(model, slice));
            model.elements().forEach(element -> element(model, element));
        }
    }

    private void begin(String key, String name, String kind, String context, String about) {
        out.open("template", "data-for", key, "data-name", name, "data-kind", kind, "data-context", context);
        out.leaf("p", kind + " of " + context, "class", "quiet");
        out.leaf("h2", name);
        if (!about.isEmpty()) {
            out.leaf("p", about);
        }
        if (gaps.containsKey(key)) {
            out.leaf("p", "! " + gaps.get(key), "class", "gap");
        }
    }

    private void slice(Model model, Slice slice) {
        String kind =
                slice.pattern() == null ? "slice" : "slice, " + slice.pattern().word() + ",";
        begin(Gaps.key(model, slice), slice.name(), kind, model.context(), slice.about());
        out.open("dl");
        fact("Code", "functions/" + model.context() + "/" + slice.name());
        fact("Status", slice.status() == null ? "" : slice.status().word());
        fact("Actor", slice.actor());
        slice.screens().forEach(screen -> fact("Screen", (screen.name() + " " + screen.about()).strip()));
        fact("Processor", slice.processor());
        links(model, "Works off", slice.todo() == null ? List.of() : List.of(slice.todo()), Kind.VIEW);
        fact("Every", slice.every());
        fact("After", slice.after());
        if (slice.gatekeeper() != null) {
            fact("Gatekeeper", slice.gatekeeper().about());
            links(model, "Gatekeeper reads", slice.gatekeeper().reads(), Kind.VIEW, Kind.EVENT);
            rules("Gatekeeper refuses", slice.gatekeeper().rules());
        }
        links(model, "On", slice.on(), Kind.EVENT, Kind.PUBLIC_EVENT);
        links(model, "Command", slice.command() == null ? List.of() : List.of(slice.command()), Kind.COMMAND);
        links(model, "Decides from", slice.folds(), Kind.EVENT);
        rules("Rejects", slice.rules());
        links(model, "Records", slice.events(), Kind.EVENT);
        links(model, "Promises", slice.publishes(), Kind.PUBLIC_EVENT);
        links(model, "Sends", slice.dispatches(), Kind.COMMAND);
        links(
                model,
                "At a deadline",
                slice.deadlines().stream().map(ModelDeadline::command).toList(),
                Kind.COMMAND);
        links(model, "Views", slice.views(), Kind.VIEW);
        links(model, "Exists since", slice.exists(), Kind.EVENT);
        fact(
                "Calls",
                String.join(", ", slice.calls().stream().map(Ref::toString).toList()));
        notes(slice.notes());
        out.close();
        scenarios(slice.specifications().stream()
                .map(specification -> new Scenario(model, slice, specification))
                .toList());
        out.close();
    }

    private void notes(Notes notes) {
        notes.hotspots().forEach(text -> fact("Hotspot", text));
        notes.questions().forEach(text -> fact("Question", text));
        notes.comments().forEach(text -> fact("Comment", text));
    }

    private void element(Model model, Element element) {
        begin(Gaps.key(element), element.name(), element.kind().word(), element.context(), element.about());
        out.open("dl");
        notes(element.notes());
        fact("Stream", element.stream());
        fact("Version", Integer.toString(element.version()));
        fact("Essential", element.essential() ? "yes: a slice that does not know it refuses to decide" : "");
        fact("Owner", element.owner().isEmpty() ? model.owner() : element.owner());
        if (element.kind() == Kind.PUBLIC_EVENT) {
            fact(
                    "Contract",
                    "src/contexts/" + element.context() + "/contracts/public-events/" + element.name() + ".v"
                            + element.version() + ".json");
        }
        List<Scenario> scenarios = new ArrayList<>();
        List<Scenario> used = users.getOrDefault(Gaps.key(element), List.of());
        if (!used.isEmpty()) {
            out.leaf("dt", "Slices and their code");
            out.open("dd").open("ul");
            for (Scenario user : used) {
                out.open("li");
                ModelPage.entry(out, Gaps.key(user.model, user.slice), user.slice.name());
                out.leaf("code", "functions/" + user.model.context() + "/" + user.slice.name());
                out.close();
                user.slice.specifications().stream()
                        .filter(specification -> tells(user.model, specification, element))
                        .forEach(specification -> scenarios.add(new Scenario(user.model, user.slice, specification)));
            }
            out.close().close();
        }
        out.close();
        fields(model, element);
        scenarios(scenarios);
        out.close();
    }

    /** Returns the slices that name an element, by its key, in story order. */
    private static Map<String, List<Scenario>> users(Landscape landscape) {
        Map<String, List<Scenario>> users = new HashMap<>();
        for (Model model : landscape.models().values()) {
            for (Slice slice : model.slices()) {
                Specification none = new Specification("", List.of(), List.of(), List.of(), slice.place());
                for (String key : named(landscape, model, slice)) {
                    users.computeIfAbsent(key, any -> new ArrayList<>()).add(new Scenario(model, slice, none));
                }
            }
        }
        return users;
    }

    private static Set<String> named(Landscape landscape, Model model, Slice slice) {
        Set<String> keys = new LinkedHashSet<>();
        add(keys, landscape, model, slice.events(), Kind.EVENT);
        add(keys, landscape, model, slice.publishes(), Kind.PUBLIC_EVENT);
        add(keys, landscape, model, slice.views(), Kind.VIEW);
        add(keys, landscape, model, slice.dispatches(), Kind.COMMAND);
        add(keys, landscape, model, slice.folds(), Kind.EVENT);
        add(keys, landscape, model, slice.exists(), Kind.EVENT);
        add(keys, landscape, model, slice.on(), Kind.EVENT, Kind.PUBLIC_EVENT);
        if (slice.command() != null) {
            add(keys, landscape, model, List.of(slice.command()), Kind.COMMAND);
        }
        if (slice.gatekeeper() != null) {
            add(keys, landscape, model, slice.gatekeeper().reads(), Kind.VIEW, Kind.EVENT);
        }
        return keys;
    }

    private static void add(Set<String> keys, Landscape landscape, Model model, List<Ref> refs, Kind... kinds) {
        for (Ref ref : refs) {
            Element element = landscape.find(model, ref, kinds);
            if (element != null) {
                keys.add(Gaps.key(element));
            }
        }
    }

    private boolean tells(Model model, Specification specification, Element element) {
        return Stream.of(specification.given(), specification.when(), specification.then())
                .flatMap(List::stream)
                .anyMatch(clause -> clause.subject().element().equals(element.name())
                        && (clause.subject().context().isEmpty()
                                ? model.context().equals(element.context())
                                : clause.subject().context().equals(element.context())));
    }

    private void fact(String word, String text) {
        if (!text.isEmpty()) {
            out.leaf("dt", word).leaf("dd", text);
        }
    }

    private void links(Model model, String word, List<Ref> refs, Kind... kinds) {
        if (refs.isEmpty()) {
            return;
        }
        out.leaf("dt", word).open("dd");
        for (Ref ref : refs) {
            Element element = landscape.find(model, ref, kinds);
            if (element == null) {
                out.leaf("span", ref.whole().toString());
            } else {
                ModelPage.entry(out, Gaps.key(element), ref.whole().toString());
            }
        }
        out.close();
    }

    private void rules(String word, List<BusinessRule> rules) {
        if (rules.isEmpty()) {
            return;
        }
        out.leaf("dt", word).open("dd").open("ul");
        for (BusinessRule rule : rules) {
            out.open("li").leaf("strong", rule.name());
            if (!rule.says().isEmpty()) {
                out.leaf("span", " " + rule.says());
            }
            out.close();
        }
        out.close().close();
    }

    private void fields(Model model, Element element) {
        out.leaf("h3", "Fields");
        if (element.fields().isEmpty()) {
            out.leaf("p", "Nobody has said yet which fields it has.");
            return;
        }
        out.open("ul", "class", "fields");
        for (Field field : element.fields()) {
            out.open("li");
            out.open("p").leaf("strong", field.name()).leaf("code", field.written());
            if (field.identity()) {
                out.leaf("span", "identity", "class", "quiet");
            }
            if (field.balanced()) {
                out.leaf("span", "balanced", "class", "quiet");
            }
            out.close();
            if (!field.about().isEmpty()) {
                out.leaf("p", field.about());
            }
            out.open("dl");
            fact("Example", example(model, field));
            fact("From", String.join("; ", texts(lineage.origins().get(Lineage.key(element, field)))));
            fact("To", String.join("; ", texts(lineage.destinations().get(Lineage.key(element, field)))));
            out.close().close();
        }
        out.close();
    }

    private static List<String> texts(@Nullable List<String> texts) {
        return texts == null ? List.of() : texts;
    }

    private static String example(Model model, Field field) {
        Type type = model.types().get(field.type());
        return !field.example().isEmpty() || type == null ? field.example() : type.example();
    }

    private void scenarios(List<Scenario> scenarios) {
        out.leaf("h3", "Specifications");
        if (scenarios.isEmpty()) {
            out.leaf("p", "None yet.");
        }
        for (Scenario scenario : scenarios.subList(0, Math.min(scenarios.size(), MOST_SPECIFICATIONS))) {
            Specification specification = scenario.specification;
            out.open("section", "class", "scenario").leaf("h4", specification.name());
            out.leaf("p", scenario.slice.name(), "class", "quiet");
            part(scenario, "given", specification.given(), Kind.EVENT, Kind.VIEW, Kind.PUBLIC_EVENT);
            part(scenario, "when", specification.when(), Kind.COMMAND, Kind.EVENT, Kind.PUBLIC_EVENT);
            part(scenario, "then", specification.then(), Kind.EVENT, Kind.VIEW, Kind.COMMAND, Kind.PUBLIC_EVENT);
            out.close();
        }
        if (scenarios.size() > MOST_SPECIFICATIONS) {
            out.leaf("p", "and " + (scenarios.size() - MOST_SPECIFICATIONS) + " more");
        }
    }

    private void part(Scenario scenario, String word, List<ScenarioStep> clauses, Kind... kinds) {
        if (clauses.isEmpty()) {
            return;
        }
        out.leaf("p", word, "class", "quiet").open("ul", "class", "clauses");
        Cards cards = new Cards(landscape, gaps, 0);
        for (ScenarioStep clause : clauses) {
            out.open(
                    "li",
                    "class",
                    cards.lookOf(scenario.model, scenario.slice, word, clause, kinds)
                            .css());
            out.leaf("strong", Cards.subject(clause));
            Cards.values(clause).forEach(value -> out.leaf("span", value));
            out.close();
        }
        out.close();
    }
}
