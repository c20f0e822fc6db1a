package dev.storyline.cli.operator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.cli.common.ProgressLine;
import dev.storyline.cli.common.Session;

/** Shows the steps of a rebuild: as one bar on a terminal, as lines elsewhere. */
final class RebuildProgress {
    private static final int WIDTH = 30;

    private final ProgressLine line;

    RebuildProgress(Session session) {
        this.line = new ProgressLine(session.out(), session.terminal());
    }

    void show(JsonNode step) {
        String text = step.path("doing").asText();
        if (step.has("percent")) {
            text = ProgressLine.bar(step.path("percent").asInt(), WIDTH) + " "
                    + step.path("percent").asInt() + "%  ETA "
                    + step.path("etaSeconds").asLong() + " s  " + text;
        }
        line.show(text + "  " + step.path("events").asLong() + " events, "
                + step.path("eventsPerSecond").asLong() + "/s");
    }

    /** Ends the line of the bar. */
    void end() {
        line.end();
    }
}
