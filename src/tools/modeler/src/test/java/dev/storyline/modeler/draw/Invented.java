package dev.storyline.modeler.draw;

import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.ModelReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Generates unusual models from a seed: long and short names, many elements and none, relationships between any
 * elements.
 */
final class Invented {
    static final long SEED = 20261121;

    private static final List<String> WORDS = List.of(
            "Order",
            "Extraordinarily",
            "Q",
            "Übermäßige",
            "Wish",
            "Warehouse",
            "Reconciliation",
            "Of",
            "ii",
            "MWMWM",
            "Délivery");

    private Invented() {}

    static Landscape ours() {
        return Landscape.read(Path.of("../../.."));
    }

    /** Some of our contexts: a page of all of them takes the browser seconds. */
    static Landscape ours(String... contexts) {
        return Landscape.of(
                Stream.of(contexts).map(name -> ours().models().get(name)).toList());
    }

    /** Returns a landscape with this number of slices, in two contexts that react to each other. */
    static Landscape slices(int count) {
        Random random = new Random(SEED + count);
        return Landscape.of(
                List.of(model("left", "right", count - count / 2, random), model("right", "left", count / 2, random)));
    }

    private static Model model(String context, String other, int count, Random random) {
        StringBuilder yaml = new StringBuilder("context: " + context + "\nabout: " + words(random, 40) + "\n");
        yaml.append("actors: [a, somebodyWithAVeryLongNameIndeed]\nsystems: [PaymentProviderOfTheWholeWorld]\n");
        yaml.append("streams: [s, aStreamWhoseNameIsFarTooLongForItsLane]\n");
        StringBuilder events = new StringBuilder("events:\n");
        StringBuilder promised = new StringBuilder("public-events:\n");
        StringBuilder commands = new StringBuilder("commands:\n");
        StringBuilder views = new StringBuilder("views:\n");
        StringBuilder story = new StringBuilder("story:\n");
        for (int i = 0; i < count; i++) {
            String stream =
                    random.nextInt(5) == 0 ? "" : random.nextBoolean() ? "s" : "aStreamWhoseNameIsFarTooLongForItsLane";
            events.append(element("Event" + i + name(random), stream, random));
            events.append(element("Also" + i, stream, random));
            promised.append(element("Told" + i, "", random));
            commands.append(element("Command" + i, stream, random));
            views.append(element("View" + i + name(random), "", random));
            if (i % 4 == 0) {
                story.append("  - chapter: ")
                        .append(words(random, 1 + random.nextInt(9)))
                        .append("\n    about: ");
                story.append(words(random, 30)).append("\n    slices:\n");
            }
            story.append(slice(i, count, other, eventName(events, random), random));
        }
        yaml.append(events).append(promised).append(commands).append(views).append(story);
        return ModelReader.read(yaml.toString(), context + ".yaml");
    }

    private static String eventName(StringBuilder events, Random random) {
        List<String> names = events.toString()
                .lines()
                .filter(line -> line.startsWith("  ") && !line.startsWith("   "))
                .map(line -> line.strip().replace(":", ""))
                .toList();
        return names.get(random.nextInt(names.size()));
    }

    private static String name(Random random) {
        StringBuilder name = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            name.append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return name.toString();
    }

    private static String element(String name, String stream, Random random) {
        StringBuilder yaml = new StringBuilder("  " + name + ":\n    about: " + words(random, 12) + "\n");
        if (!stream.isEmpty()) {
            yaml.append("    stream: ").append(stream).append('\n');
        }
        int fields = random.nextInt(4) == 0 ? 0 : random.nextInt(20);
        yaml.append(fields == 0 ? "" : "    fields:\n");
        for (int i = 0; i < fields; i++) {
            yaml.append("      f").append(i).append(name(random)).append(": text\n");
        }
        return yaml.toString();
    }

    private static String slice(int i, int count, String other, String event, Random random) {
        List<String> lines = new ArrayList<>();
        lines.add("slice: slice-" + i + "-with-a-name".repeat(random.nextInt(4)));
        lines.add("about: " + words(random, random.nextInt(40)));
        int far = random.nextInt(count);
        switch (random.nextInt(5)) {
            case 0 -> {
                lines.add("pattern: state change");
                lines.add("actor: " + (random.nextBoolean() ? "a" : "somebodyWithAVeryLongNameIndeed"));
                lines.add("screen: " + words(random, 20));
                lines.add("command: Command" + i);
                lines.add("gatekeeper: {reads: ViewOfNobody, about: " + words(random, 9) + "}");
                lines.add("events: [Also" + i + ", " + event + "]");
            }
            case 1 -> {
                lines.add("pattern: state view");
                lines.add("actor: a");
                lines.add("on: [" + event + ", Also" + far + "]");
                lines.add("view: View" + i);
            }
            case 2 -> {
                lines.add("pattern: automation");
                lines.add("processor: " + words(random, 4));
                lines.add("on: [" + event + ", Also" + far + "]");
                lines.add("publishes: [Told" + i + ", Told" + far + "]");
                lines.add("dispatches: [Command" + far + ", Command" + random.nextInt(count) + "]");
                lines.add("calls: PaymentProviderOfTheWholeWorld");
            }
            case 3 -> {
                lines.add("pattern: translation");
                lines.add("actor: a");
                lines.add(
                        "on: [" + other + ".Told0, " + other + ".Told" + random.nextInt(Math.max(1, count - 1)) + "]");
                lines.add("command: Command" + i);
                lines.add("gatekeeper: " + words(random, 9));
                lines.add("events: [" + event + "]");
            }
            default -> lines.add("screen: " + words(random, 5));
        }
        if (random.nextInt(4) > 0) {
            lines.add("specifications: {" + words(random, 9) + ": {given: [6 x Also" + i + ", Also" + far + ", Also" + i
                    + ", Also0, " + event + "], when: Command" + i + ", then: [rejected: " + "too-many-".repeat(6)
                    + "x, nothing, {Also"
                    + i + ": {f0: " + words(random, 50) + ", f1: 1, f2: [1, 2], f3: {a: b}}}]}}");
        }
        return "      - " + String.join("\n        ", lines) + "\n";
    }

    private static String words(Random random, int count) {
        StringBuilder words = new StringBuilder("w");
        for (int i = 0; i < count; i++) {
            words.append(' ').append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return words.toString();
    }

    /** Returns texts that could break a page. */
    static Landscape hostile() {
        return Landscape.of(List.of(ModelReader.read("""
                context: hostile
                about: "</title><script>window.broken = 1</script> & \\"quotes\\" 'too' \\u0007"
                actors: {a: "<b>"}
                streams: [s]
                events:
                  Recorded:
                    about: "\\" onload=\\"window.broken = 1\\" <img src=x onerror=window.broken=1>"
                    stream: s
                    fields: {it: {type: text, example: "<script>window.broken = 1</script>"}}
                commands:
                  Record: {about: "</template></script><script>window.broken = 1</script>", stream: s}
                story:
                  - chapter: "<script>window.broken = 1</script>"
                    slices:
                      - slice: record
                        pattern: state change
                        actor: a
                        screen: "]]><script>window.broken = 1</script>"
                        command: Record
                        events: Recorded
                        specifications:
                          "</svg><script>window.broken = 1</script>":
                            when: Record
                            then: {Recorded: {it: "'\\"><script>window.broken = 1</script>"}}
                """, "hostile.yaml")));
    }
}
