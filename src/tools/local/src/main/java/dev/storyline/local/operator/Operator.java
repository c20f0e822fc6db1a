package dev.storyline.local.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.local.common.LocalCloudException;
import dev.storyline.local.database.RunningCloud;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Does what an operator asks for, with the maintenance functions of the slices. */
public final class Operator implements AutoCloseable {
    private static final int ASKED_AT_ONCE = 8;

    private final Installation installation;

    /** Works on an installation, which is closed with this. */
    public Operator(Installation installation) {
        this.installation = installation;
    }

    /**
     * Works on the local cloud that runs on a data directory, or on the directory where none runs.
     *
     * @param root the repository
     * @param contexts the contexts whose slices the commands look at; empty for all
     * @throws LocalCloudException if the data directory cannot be used, or the local cloud leaves a context out
     */
    public static Operator on(Path root, Path data, Set<String> contexts) {
        return new Operator(Installations.on(root, data, contexts));
    }

    /**
     * Works on the local cloud that runs on a data directory.
     *
     * @throws LocalCloudException if none runs there
     */
    public static Operator onRunning(Path data) {
        RunningCloud.Access running = RunningCloud.on(data);
        if (running == null) {
            throw new LocalCloudException("No local cloud runs on " + data + ": './storyline up' starts one.");
        }
        return new Operator(Installations.at(running, Set.of()));
    }

    /** What it works on. */
    public Installation installation() {
        return installation;
    }

    /** The slices that have a view or an event handler, {@code wishes/child-wishes}. */
    public List<String> slices() {
        return installation.slices();
    }

    private List<String> slices(@Nullable String slice) {
        return slice == null ? slices() : List.of(slice);
    }

    private JsonNode ask(String slice, ObjectNode request) {
        return installation.ask(slice, request);
    }

    private static ObjectNode request(String what) {
        return Json.mapper().createObjectNode().put("do", what);
    }

    /** A request that changes something: it is recorded with who gave it, and why. */
    private ObjectNode change(String what, String reason) {
        return request(what)
                .put("id", UUID.randomUUID().toString())
                .put("actor", installation.actor())
                .put("reason", reason);
    }

    /**
     * How each slice does, or one of them. All are asked at the same time.
     *
     * @return for each slice: {@code slice}, and {@code failed} with the reason if it does not answer, or else
     *     {@code lagMillis} (null where no stream was found behind), {@code behind}, {@code looked}, {@code whole},
     *     {@code passing}, {@code forPerson}, {@code parkedSince}, {@code outdated}, {@code lastApplied},
     *     {@code commitsPerSecond} and {@code readUnits}
     */
    public List<ObjectNode> status(@Nullable String slice) {
        List<String> slices = slices(slice);
        Map<String, ObjectNode> lines = new ConcurrentHashMap<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(ASKED_AT_ONCE)) {
            slices.forEach(one -> threads.execute(() -> lines.put(one, statusOf(one))));
        }
        return slices.stream()
                .map(one -> Objects.requireNonNull(lines.get(one)))
                .toList();
    }

    private ObjectNode statusOf(String slice) {
        ObjectNode line = Json.mapper().createObjectNode().put("slice", slice);
        try {
            JsonNode answer = ask(slice, request("status"));
            return answer instanceof ObjectNode status && status.has("looked")
                    ? line.setAll(status)
                    : line.put("failed", "It answered no status: deploy the slice anew.");
        } catch (RuntimeException e) {
            return line.put(
                    "failed", String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    /**
     * Lets a parked stream of a slice step over the commit at which it stands.
     *
     * @param reason why, a sentence
     * @return {@code skipped}, the record of it, and how the stream went on, see {@link #redrive(String, String, String)}
     * @throws LocalCloudException if the stream is not parked, or has no commit there that can be read
     */
    public JsonNode skip(String slice, String stream, String reason) {
        JsonNode parked = parkedStream(slice, stream);
        JsonNode answer = ask(
                slice,
                change("skip", reason)
                        .put("stream", stream)
                        .put("version", parked.path("version").asLong()));
        if (answer.has("refused")) {
            throw new LocalCloudException(answer.path("refused").asText());
        }
        return answer;
    }

    /**
     * A parked stream of a slice, as {@link #parked} lists it.
     *
     * @throws LocalCloudException if it is not parked
     */
    public ObjectNode parkedStream(String slice, String stream) {
        JsonNode parked = ask(slice, request("parked").put("stream", stream))
                .path("parked")
                .path(0);
        if (parked.isMissingNode()) {
            throw new LocalCloudException("The stream " + stream + " is not parked at " + slice + ".");
        }
        return line(slice, parked);
    }

    /**
     * The commits that one slice, or all, stepped over: {@code slice}, {@code stream}, {@code version}, {@code last},
     * {@code commit}, {@code at}, {@code actor}, {@code reason} and {@code cause}.
     */
    public List<ObjectNode> skipped(@Nullable String slice) {
        List<ObjectNode> all = new ArrayList<>();
        for (String one : slices(slice)) {
            ObjectNode request = request("skipped");
            boolean isLast = false;
            while (!isLast) {
                JsonNode part = ask(one, request);
                part.path("skipped")
                        .forEach(skipped -> all.add(Json.mapper()
                                .createObjectNode()
                                .put("slice", one)
                                .setAll((ObjectNode) skipped)));
                isLast = !part.hasNonNull("next");
                request.put("after", part.path("next").asText());
            }
        }
        return all;
    }

    /**
     * The parked streams of one slice, or of all: {@code slice}, {@code stream}, {@code version} (the last one that was
     * applied), {@code since}, {@code kind}, {@code reason}, {@code catchingUp}, and {@code retryAt} if the stream is
     * redriven by itself.
     */
    public List<ObjectNode> parked(@Nullable String slice) {
        List<ObjectNode> all = new ArrayList<>();
        for (String one : slices(slice)) {
            Map<String, ObjectNode> streams = new LinkedHashMap<>();
            ObjectNode request = request("parked");
            boolean isLast = false;
            while (!isLast) {
                JsonNode part = ask(one, request);
                part.path("parked")
                        .forEach(parked -> streams.put(parked.path("stream").asText(), line(one, parked)));
                isLast = !part.hasNonNull("next");
                request.put("after", part.path("next").asText());
            }
            streams.values().stream()
                    .sorted(Comparator.comparing(line -> line.path("since").asText()))
                    .forEach(all::add);
        }
        return all;
    }

    private static ObjectNode line(String slice, JsonNode stream) {
        JsonNode parked = stream.path("parked");
        ObjectNode line = Json.mapper()
                .createObjectNode()
                .put("slice", slice)
                .put("stream", stream.path("stream").asText())
                .put("version", parked.path("version").asLong())
                .put("since", parked.path("at").asText())
                .put(
                        "kind",
                        parked.path("kind").asText().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("reason", parked.path("reason").asText())
                .put("catchingUp", parked.path("catchingUp").asBoolean());
        if (parked.hasNonNull("retryAt")) {
            line.put("retryAt", parked.path("retryAt").asText());
        }
        return line;
    }

    /**
     * Redrives all parked streams of a slice.
     *
     * @param reason why; may be empty
     * @return {@code streams}, how many were parked, and {@code healed}, how many of them have caught up
     */
    public JsonNode redrive(String slice, String reason) {
        long streams = 0;
        long healed = 0;
        ObjectNode request = change("redrive", reason);
        while (true) {
            JsonNode part = ask(slice, request);
            streams += part.path("streams").asLong();
            healed += part.path("healed").asLong();
            if (!part.hasNonNull("next")) {
                return Json.mapper().createObjectNode().put("streams", streams).put("healed", healed);
            }
            request.put("after", part.path("next").asText());
        }
    }

    /**
     * Redrives one parked stream of a slice.
     *
     * @param reason why; may be empty
     * @return {@code version} if the stream has caught up, {@code parked} if it is parked again, {@code outdated} if the
     *     slice is too old for its events, {@code unfinished} if the time was over before
     */
    public JsonNode redrive(String slice, String stream, String reason) {
        return ask(slice, change("redrive", reason).put("stream", stream));
    }

    /**
     * Compares the head of each stream with the position of one slice, or of all, and delivers what is missing.
     *
     * @param reason why; may be empty
     * @param readUnits the most read units of each slice in a second; null for no ceiling
     * @return for each slice: {@code slice}, {@code streams}, {@code behind}, {@code healed} and {@code readUnits}
     */
    public List<ObjectNode> reconcile(@Nullable String slice, @Nullable Integer readUnits, String reason) {
        List<ObjectNode> all = new ArrayList<>();
        for (String one : slices(slice)) {
            ObjectNode request = change("reconcile", reason).put("readUnits", readUnits);
            JsonNode answer = ask(one, request);
            while (isUnfinished(answer)) {
                answer = ask(one, request.put("continue", true));
            }
            ObjectNode line = Json.mapper().createObjectNode().put("slice", one);
            for (String figure : List.of("streams", "behind", "healed")) {
                line.put(figure, answer.path(figure).asLong());
            }
            all.add(line.put("readUnits", answer.path("readUnits").decimalValue()));
        }
        return all;
    }

    /**
     * The rebuild of the view of a slice.
     *
     * @param reason why; may be empty
     */
    public ViewRebuild rebuild(String slice, String reason) {
        return new ViewRebuild(installation, slice, what -> change(what, reason));
    }

    /** The restore drill. */
    public RestoreDrill restoreDrill() {
        return new RestoreDrill(installation);
    }

    /**
     * What the events of a stream make a slice do, from a version on. Nothing is written, and no effect runs.
     *
     * @param request {@code stream}, {@code from}, and {@code upTo} where it ends before the head
     * @param teller gets each event: {@code version}, {@code type} and {@code does}
     * @return {@code version}, the last one that was stepped, and {@code failed} with the reason why it ended there
     */
    public ObjectNode replay(String slice, ObjectNode request, Consumer<JsonNode> teller) {
        ObjectNode asked = request.deepCopy().put("do", "replay");
        JsonNode part;
        do {
            part = ask(slice, asked);
            part.path("steps").forEach(teller);
            asked.put("from", part.path("next").asLong());
        } while (part.hasNonNull("next"));
        ObjectNode end = Json.mapper()
                .createObjectNode()
                .put("version", part.path("version").asLong());
        return part.hasNonNull("failed") ? end.put("failed", part.path("failed").asText()) : end;
    }

    /**
     * Reads the clock of the local cloud, or moves it forward.
     *
     * @param request {@code to}, an instant, or {@code by}, a duration; empty to read it
     * @return {@code now}, and {@code ahead}: how far it is ahead of the machine
     * @throws LocalCloudException if the clock would go back
     */
    public JsonNode clock(ObjectNode request) {
        JsonNode answer = installation.clock(request);
        if (answer.has("failed")) {
            throw new LocalCloudException(answer.path("failed").asText());
        }
        return answer;
    }

    /** Whether the time of the function was over before everything was done. */
    private static boolean isUnfinished(JsonNode answer) {
        return answer.has("done") && !answer.path("done").asBoolean();
    }

    @Override
    public void close() {
        installation.close();
    }
}
