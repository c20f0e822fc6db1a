package dev.storyline.model;

import dev.storyline.model.ScenarioStep.What;
import dev.storyline.model.YamlReader.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the steps under given, when, then and eventually. */
final class StepReader {
    /** What may stand beside the subject of a step. */
    static final Map<String, String> SETTINGS = settings();

    private static final int MOST_TIMES = 1_000;
    private static final Pattern TIMES = Pattern.compile("(\\d+) x (\\S+)");

    private final YamlReader reading;

    StepReader(YamlReader reading) {
        this.reading = reading;
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("times", "How often it happened; {n} in a value counts from 1.");
        settings.put("at", "When it happened: 'now - 1 h'.");
        settings.put("by", "Who did it.");
        settings.put("stream", "The id within the stream's category.");
        settings.put("says", "What people are told about a rejection.");
        return settings;
    }

    /** Reads one step. */
    ScenarioStep step(Node node) {
        SourceLocation place = reading.place(node);
        if (YamlReader.isText(node)) {
            return clause(reading.text(node, "A line"), place, Map.of(), Map.of());
        }
        Map<String, Value> settings = new LinkedHashMap<>();
        List<Value> subjects = new ArrayList<>();
        for (Value entry : reading.entries(node, "A line of a specification")) {
            if (SETTINGS.containsKey(entry.key())) {
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
                    What.REJECTED,
                    new Ref("", rule, List.of(), there),
                    Map.of(),
                    1,
                    "",
                    "",
                    "",
                    reading.text(settings.get("says"), "'says'"),
                    subject.place());
        }
        if (settings.containsKey("says")) {
            reading.trouble(place, "Only a rejection says something to people: 'rejected: a-rule'.");
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
}
