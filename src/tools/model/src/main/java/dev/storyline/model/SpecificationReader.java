package dev.storyline.model;

import dev.storyline.model.ScenarioStep.What;
import dev.storyline.model.YamlReader.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the specifications of a slice: the steps under given, when and then. */
final class SpecificationReader {
    private static final int MOST_TIMES = 1_000;
    private static final Pattern TIMES = Pattern.compile("(\\d+) x (\\S+)");

    private final YamlReader reading;

    SpecificationReader(YamlReader reading) {
        this.reading = reading;
    }

    /** Reads the specifications of a slice; none without a section. */
    List<Specification> specifications(@Nullable Value section) {
        if (section == null) {
            return List.of();
        }
        List<Specification> result = new ArrayList<>();
        for (Value entry : reading.entries(section.node(), "'specifications'")) {
            Map<String, Value> parts = reading.keys(entry.node(), "A specification", ModelReader.SPECIFICATION);
            result.add(new Specification(
                    entry.key(),
                    clauses(parts.get("given")),
                    clauses(parts.get("when")),
                    clauses(parts.get("then")),
                    entry.place()));
        }
        return result;
    }

    private ScenarioStep clause(Node node) {
        SourceLocation place = reading.place(node);
        if (YamlReader.isText(node)) {
            return clause(reading.text(node, "A line"), place, Map.of(), Map.of());
        }
        Map<String, Value> settings = new LinkedHashMap<>();
        List<Value> subjects = new ArrayList<>();
        for (Value entry : reading.entries(node, "A line of a specification")) {
            if (ModelReader.CLAUSE.contains(entry.key())) {
                settings.put(entry.key(), entry);
            } else {
                subjects.add(entry);
            }
        }
        if (subjects.size() != 1) {
            reading.trouble(
                    place,
                    "A line of a specification tells of one thing, like 'WishApproved: {wish: a sled}'; this one tells of "
                            + subjects.size() + ".");
            return clause("nothing", place, Map.of(), Map.of());
        }
        Value subject = subjects.getFirst();
        if (subject.key().equals("rejected")) {
            String rule = reading.text(subject, "A rejection");
            SourceLocation there = reading.place(subject.node());
            return new ScenarioStep(
                    What.REJECTED, new Ref("", rule, List.of(), there), Map.of(), 1, "", "", "", subject.place());
        }
        if (subject.key().equals("time")) {
            String time = reading.text(subject, "How much time");
            if (SymbolicValues.later(time).isEmpty()) {
                reading.trouble(
                        reading.place(subject.node()),
                        "Time passes by an amount like '+30 minutes', '+2 hours' or '+3 days', not '" + time + "'.");
            }
            return new ScenarioStep(
                    What.TIME, Ref.parse("", subject.place()), Map.of(), 1, time, "", "", subject.place());
        }
        return clause(
                subject.key(),
                subject.place(),
                reading.values(subject.node(), "What '" + subject.key() + "' tells"),
                settings);
    }

    private ScenarioStep clause(
            String words, SourceLocation place, Map<String, Object> values, Map<String, Value> settings) {
        What what = What.ELEMENT;
        String name = words;
        int times = reading.number(settings.get("times"), 1, MOST_TIMES, 1, "How often");
        Matcher often = TIMES.matcher(words);
        if (words.equals("nothing")) {
            what = What.NOTHING;
            name = "";
        } else if (words.startsWith("no ")) {
            what = What.ABSENT;
            name = words.substring("no ".length()).strip();
        } else if (often.matches()) {
            name = often.group(2);
            times = often.group(1).length() > 4 ? MOST_TIMES + 1 : Integer.parseInt(often.group(1));
            if (times < 1 || times > MOST_TIMES) {
                reading.trouble(place, "Something happens 1 to " + MOST_TIMES + " times in a specification.");
                times = 1;
            }
        }
        return new ScenarioStep(
                what,
                Ref.parse(name, place),
                values,
                times,
                reading.text(settings.get("at"), "When"),
                reading.text(settings.get("by"), "Who"),
                reading.text(settings.get("stream"), "Which stream"),
                place);
    }

    private List<ScenarioStep> clauses(@Nullable Value section) {
        return section == null
                ? List.of()
                : reading.items(section.node()).stream().map(this::clause).toList();
    }
}
