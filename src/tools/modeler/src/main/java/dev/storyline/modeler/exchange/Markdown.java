package dev.storyline.modeler.exchange;

import dev.storyline.model.BusinessRule;
import dev.storyline.model.Chapter;
import dev.storyline.model.Element;
import dev.storyline.model.Element.Kind;
import dev.storyline.model.Field;
import dev.storyline.model.Model;
import dev.storyline.model.ScenarioStep;
import dev.storyline.model.Slice;
import dev.storyline.model.Specification;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a model as one Markdown document: the story first, then the elements. */
final class Markdown {
    private final StringBuilder out = new StringBuilder();

    private Markdown() {}

    static String write(Model model) {
        Markdown text = new Markdown();
        text.line("# " + escaped(model.context()));
        text.paragraph(model.about());
        text.paragraph(model.owner().isEmpty() ? "" : "Owner: " + model.owner());
        model.actors().values().forEach(actor -> text.bullet("Actor **" + escaped(actor.name()) + "**", actor.about()));
        model.systems()
                .values()
                .forEach(system -> text.bullet("System **" + escaped(system.name()) + "**", system.about()));
        model.streams()
                .values()
                .forEach(stream -> text.bullet("Stream **" + escaped(stream.name()) + "**", stream.about()));
        model.chapters().forEach(text::chapter);
        for (Kind kind : Kind.values()) {
            if (!model.elements(kind).isEmpty()) {
                String title = kind.section().replace('-', ' ');
                text.line("## " + Character.toUpperCase(title.charAt(0)) + title.substring(1));
                model.elements(kind).values().forEach(text::element);
            }
        }
        if (!model.types().isEmpty()) {
            text.line("## Types");
            model.types().values().forEach(type -> {
                text.line("### " + escaped(type.name()));
                text.paragraph(type.about());
                text.paragraph(type.base().isEmpty() ? "" : "Is " + type.base() + ".");
                text.paragraph(type.values().isEmpty() ? "" : "One of: " + String.join(", ", type.values()) + ".");
                text.fields(type.fields());
            });
        }
        return text.out.toString();
    }

    private void line(String line) {
        out.append(out.isEmpty() ? "" : "\n").append(line).append('\n');
    }

    private void paragraph(String text) {
        if (!text.isEmpty()) {
            line(escaped(text));
        }
    }

    private void bullet(String name, Object value) {
        String text = String.valueOf(value);
        boolean first = out.length() > 0
                && !out.substring(out.lastIndexOf("\n", out.length() - 2) + 1).startsWith("- ");
        out.append(first ? "\n" : "")
                .append("- ")
                .append(name)
                .append(text.isEmpty() ? "" : ": " + escaped(text))
                .append('\n');
    }

    private void bullets(String name, List<?> values) {
        if (!values.isEmpty()) {
            bullet(name, values.stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
    }

    private void chapter(Chapter chapter) {
        line("## " + escaped(chapter.name()));
        paragraph(chapter.about());
        chapter.slices().forEach(this::slice);
    }

    private void slice(Slice slice) {
        line("### " + escaped(slice.name())
                + (slice.pattern() == null ? "" : " (" + slice.pattern().word() + ")"));
        paragraph(slice.about());
        bullets("Actor", slice.actors());
        bullets("Screen", slice.screen().isEmpty() ? List.of() : List.of(slice.screen()));
        bullets("Processor", slice.processor().isEmpty() ? List.of() : List.of(slice.processor()));
        bullets("On", slice.on());
        bullets("Command", slice.command() == null ? List.of() : List.of(slice.command()));
        if (slice.gatekeeper() != null) {
            bullet("Gatekeeper", slice.gatekeeper().about());
            bullets("Gatekeeper reads", slice.gatekeeper().reads());
            slice.gatekeeper().rules().forEach(rule -> rule("Gatekeeper refuses", rule));
        }
        bullets("Decides from", slice.folds());
        slice.rules().forEach(rule -> rule("Rejects", rule));
        bullets("Events", slice.events());
        bullets("Publishes", slice.publishes());
        bullets("Dispatches", slice.dispatches());
        slice.deadlines()
                .forEach(deadline -> bullet(
                        "At its deadline " + deadline.command(),
                        deadline.at().stream().map(String::valueOf).collect(Collectors.joining(", "))));
        bullets("Calls", slice.calls());
        bullets("Views", slice.views());
        bullets("Exists since", slice.exists());
        for (Specification specification : slice.specifications()) {
            line("**" + escaped(specification.name()) + "**");
            clauses("Given", specification.given());
            clauses("When", specification.when());
            clauses("Then", specification.then());
        }
    }

    private void rule(String what, BusinessRule rule) {
        String reads = rule.reads().stream().map(String::valueOf).collect(Collectors.joining(", "));
        bullet(
                what + " **" + escaped(rule.name()) + "**",
                (rule.says() + (reads.isEmpty() ? "" : " (by " + reads + ")")).strip());
    }

    private void clauses(String word, List<ScenarioStep> clauses) {
        if (clauses.isEmpty()) {
            return;
        }
        List<String> sentences = new ArrayList<>();
        for (ScenarioStep clause : clauses) {
            String values = clause.values().entrySet().stream()
                    .map(entry -> entry.getKey() + " is " + entry.getValue())
                    .collect(Collectors.joining(" and "));
            String what = switch (clause.what()) {
                case ELEMENT -> (clause.times() == 1 ? "" : clause.times() + " x ") + clause.subject();
                case REJECTED -> "it is rejected: " + clause.subject();
                case NOTHING -> "nothing happens";
                case TIME -> "time passes:";
                case ABSENT -> "there is no " + clause.subject();
            };
            sentences.add(what
                    + (values.isEmpty() ? "" : " where " + values)
                    + (clause.at().isEmpty()
                            ? ""
                            : (clause.what() == ScenarioStep.What.TIME ? " " : " at ") + clause.at())
                    + (clause.by().isEmpty() ? "" : " by " + clause.by())
                    + (clause.stream().isEmpty() ? "" : " in stream " + clause.stream()));
        }
        bullet(word, String.join(", and ", sentences));
    }

    private void element(Element element) {
        line("### " + escaped(element.name()) + (element.version() == 1 ? "" : " v" + element.version()));
        paragraph(element.about());
        bullets("Stream", element.stream().isEmpty() ? List.of() : List.of(element.stream()));
        bullets("Owner", element.owner().isEmpty() ? List.of() : List.of(element.owner()));
        bullets("Essential", element.essential() ? List.of("slices that do not know it refuse to decide") : List.of());
        fields(element.fields());
    }

    private void fields(List<Field> fields) {
        if (fields.isEmpty()) {
            return;
        }
        line("| field | type | example | comes from | means |\n| --- | --- | --- | --- | --- |");
        for (Field field : fields) {
            List<String> origins = new ArrayList<>();
            field.from().forEach(ref -> origins.add(ref.toString()));
            field.computed().forEach(ref -> origins.add("computed from " + ref));
            if (!field.generated().isEmpty()) {
                origins.add("generated: " + field.generated());
            }
            out.append(("| " + escaped(field.name()) + (field.identity() ? " (identity)" : "")
                    + (field.balanced() ? " (balanced)" : "") + " | "
                    + escaped(field.written().strip())
                    + " | " + escaped(field.example()) + " | " + escaped(String.join(", ", origins)) + " | "
                    + escaped(field.about()) + " |\n"));
        }
    }

    /** Escapes the texts of a model: no markup, and no line breaks. */
    private static String escaped(String text) {
        return text.replaceAll("\\s+", " ").replaceAll("([\\\\`*_\\[\\]<>|#])", "\\\\$1");
    }
}
