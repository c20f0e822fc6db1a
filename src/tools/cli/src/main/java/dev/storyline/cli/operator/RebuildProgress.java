package dev.storyline.cli.operator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.cli.common.Session;

/** Shows the steps of a rebuild: as one bar on a terminal, as lines elsewhere. */
final class RebuildProgress {
    private static final int WIDTH = 30;

    private final Session session;
    private boolean open;

    RebuildProgress(Session session) {
        this.session = session;
    }

    synchronized void show(JsonNode step) {
        String text = step.path("doing").asText();
        if (step.has("percent")) {
            int done = step.path("percent").asInt() * WIDTH / 100;
            text = "[" + "#".repeat(done) + ".".repeat(WIDTH - done) + "] "
                    + step.path("percent").asInt() + "%  ETA "
                    + step.path("etaSeconds").asLong() + " s  " + text;
        }
        text += "  " + step.path("events").asLong() + " events, "
                + step.path("eventsPerSecond").asLong() + "/s";
        if (session.terminal()) {
            session.out().print("\r\033[K" + text);
            session.out().flush();
            open = true;
        } else {
            session.out().println(text);
        }
    }

    /** Ends the line of the bar. */
    synchronized void end() {
        if (open) {
            session.out().println();
            open = false;
        }
    }
}
