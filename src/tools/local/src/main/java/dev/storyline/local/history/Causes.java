package dev.storyline.local.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.EventScan;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.local.common.LocalCloudException;
import dev.storyline.local.operator.StreamName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks from an event to its first cause, and from there down to everything that followed, across streams and contexts.
 * The way up reads one commit for each step, because each commit names the event that led to it. The way down is a scan for
 * the commits of the same conversation, of which those count that lead back to the first cause.
 */
public final class Causes {
    /** The most commits of one conversation that are held in memory. */
    private static final int MOST_COMMITS = 10_000;

    /** The most commands that lead from one to the next. JSON of a thousand levels is read by nobody. */
    private static final int MOST_STEPS = 200;

    private final EventTables tables;

    /** The causes of events in these tables. */
    public Causes(EventTables tables) {
        this.tables = tables;
    }

    /** A commit with its context. */
    private record Told(String context, Commit commit) {}

    /** One command. Commits in several streams are of one command if all of this is the same. */
    private record Command(
            String context,
            String id,
            @Nullable String causation,
            @Nullable String request) {
        static Command of(Told told) {
            return new Command(
                    told.context(),
                    told.commit().id(),
                    told.commit().meta().causation(),
                    told.commit().meta().request());
        }
    }

    /** An event, by its place. */
    private record EventAt(StreamName stream, long version) {}

    /**
     * The tree of causes around an event. A command has {@code context}, {@code command}, {@code actor}, {@code at}, {@code
     * correlation}, {@code rule} where it was rejected on record, {@code effect} and {@code public} where an event led to
     * it, and {@code events}. An event has {@code stream}, {@code version}, {@code type}, {@code asked} where it is the one
     * that was asked for, and {@code caused}, the commands that it led to.
     *
     * @param readUnits the most read units in a second; 0 for no ceiling
     * @param progress gets how far the scan is
     * @return {@code first}, the first command; {@code beyond}, the id of an event that led to it and is not recorded here;
     *     {@code complete}, false where the conversation has more commits than are shown; {@code archived}, the number of
     *     streams that are archived and were not searched
     * @throws LocalCloudException if the stream does not have the version
     */
    public ObjectNode tree(StreamName stream, long version, int readUnits, Consumer<ScanProgress> progress) {
        List<Told> up = up(stream, version);
        Told first = up.getLast();
        Set<String> conversations = new HashSet<>();
        up.forEach(told -> conversations.add(told.commit().meta().correlation()));
        Walk walk = new Walk(new EventAt(stream, version));
        up.forEach(walk::add);
        long archived = 0;
        for (String conversation : conversations) {
            ScanProgress scan = new CommitScan(tables, readUnits, progress)
                    .run(new EventScan.Wanted(null, conversation), (context, commit) -> {
                        walk.add(new Told(context, commit));
                        return walk.hasRoom();
                    });
            archived = Math.max(archived, scan.archived());
        }
        ObjectNode tree = Json.mapper().createObjectNode();
        tree.set("first", walk.tell(Command.of(first), 1));
        String beyond = first.commit().meta().causation();
        if (beyond != null) {
            tree.put("beyond", beyond);
        }
        return tree.put("complete", walk.hasRoom() && !walk.cut).put("archived", archived);
    }

    /** The commit of an event, the commit that led to it, and so on up to the first one. */
    private List<Told> up(StreamName stream, long version) {
        List<Told> up = new ArrayList<>();
        Set<EventAt> seen = new HashSet<>();
        EventAt at = new EventAt(stream, version);
        Commit commit = tables.commitOf(stream, version);
        while (commit != null && seen.add(at) && up.size() < MOST_STEPS) {
            String context = at.stream().context();
            up.add(new Told(context, commit));
            Optional<Cause> cause = Cause.of(context, commit);
            if (cause.isEmpty()) {
                break;
            }
            at = new EventAt(cause.get().stream(), cause.get().version());
            commit = tables.commitOf(at.stream(), at.version());
        }
        if (up.isEmpty()) {
            throw new LocalCloudException("The stream " + stream + " has no version " + version + ".");
        }
        return up;
    }

    /** The commits of the conversation, and the way down through them. */
    private static final class Walk {
        private final EventAt asked;
        private final Map<Command, Map<String, Told>> commands = new LinkedHashMap<>();
        private final Map<EventAt, Set<Command>> caused = new HashMap<>();
        private final Set<Command> told = new HashSet<>();
        private int commits;
        private boolean cut;

        Walk(EventAt asked) {
            this.asked = asked;
        }

        boolean hasRoom() {
            return commits < MOST_COMMITS;
        }

        void add(Told one) {
            Command command = Command.of(one);
            String place = one.commit().stream() + "@" + one.commit().version();
            if (commands.computeIfAbsent(command, _ -> new TreeMap<>()).putIfAbsent(place, one) == null) {
                commits++;
                Cause.of(one.context(), one.commit())
                        .ifPresent(cause -> caused.computeIfAbsent(
                                        new EventAt(cause.stream(), cause.version()), _ -> new HashSet<>())
                                .add(command));
            }
        }

        private Told firstOf(Command command) {
            return Objects.requireNonNull(commands.get(command))
                    .values()
                    .iterator()
                    .next();
        }

        ObjectNode tell(Command command, int step) {
            told.add(command);
            Told first = firstOf(command);
            Commit commit = first.commit();
            ObjectNode node = Json.mapper()
                    .createObjectNode()
                    .put("context", command.context())
                    .put("command", command.id())
                    .put("actor", commit.meta().actor())
                    .put("at", commit.at().toString())
                    .put("correlation", commit.meta().correlation());
            if (commit.meta().rejection() != null) {
                node.put("rule", commit.meta().rejection().rule());
            }
            Cause.of(command.context(), commit).ifPresent(cause -> {
                if (cause.effect() != null) {
                    node.put("effect", cause.effect());
                }
                node.put("public", cause.isPublic());
            });
            ArrayNode events = node.putArray("events");
            for (Told one : Objects.requireNonNull(commands.get(command)).values()) {
                long version = one.commit().version();
                for (StoredEvent event : one.commit().events()) {
                    events.add(tell(one, event, version++, step));
                }
            }
            return node;
        }

        private ObjectNode tell(Told one, StoredEvent event, long version, int step) {
            EventAt at = new EventAt(new StreamName(one.context(), one.commit().stream()), version);
            ObjectNode node = Json.mapper()
                    .createObjectNode()
                    .put("stream", at.stream().stream().toString())
                    .put("version", version)
                    .put("type", event.type());
            if (at.equals(asked)) {
                node.put("asked", true);
            }
            List<Command> next = caused.getOrDefault(at, Set.of()).stream()
                    .filter(command -> !told.contains(command))
                    .sorted(Comparator.comparing((Command command) ->
                                    firstOf(command).commit().at())
                            .thenComparing(Command::context)
                            .thenComparing(Command::id))
                    .toList();
            if (!next.isEmpty() && step == MOST_STEPS) {
                cut = true;
            } else if (!next.isEmpty()) {
                ArrayNode followed = node.putArray("caused");
                next.forEach(command -> followed.add(tell(command, step + 1)));
            }
            return node;
        }
    }
}
