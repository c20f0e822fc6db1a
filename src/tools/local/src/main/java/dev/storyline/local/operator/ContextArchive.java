package dev.storyline.local.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Backoff;
import dev.storyline.common.Json;
import dev.storyline.common.TransientFailure;
import dev.storyline.eventstore.Archiver;
import dev.storyline.eventstore.EventScan;
import dev.storyline.eventstore.StoreFailure;
import dev.storyline.kernel.StreamId;
import dev.storyline.local.common.LocalCloudException;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Moves streams of a context that have ended to its archive, and brings them back, with the rights of the archiver. */
public final class ContextArchive {
    private final Installation installation;
    private final String context;
    private final Archiver archiver;

    /**
     * The archive of a context.
     *
     * @throws LocalCloudException if there is no such context, if none of its streams ends, or if a slice of it is older than
     *     its archive
     */
    public ContextArchive(Installation installation, String context) {
        Installation.ArchiveSettings settings = installation.archive(context);
        this.installation = installation;
        this.context = context;
        this.archiver = new Archiver(
                new Archiver.Stores(
                        installation.dynamo(),
                        installation.eventTable(context),
                        installation.objects(),
                        settings.bucket()),
                settings.keep(),
                this::behind,
                Clock.offset(Clock.systemUTC(), installation.ahead()),
                Backoff.REAL);
    }

    /**
     * What became of the streams of a context.
     *
     * @param commits how many commits were looked at
     * @param closed how many streams were closed, or would be: two hours later, a run archives them
     * @param archived how many streams were archived, or would be
     * @param waiting the streams that are due and wait, because a view or an event handler is behind their head
     * @param tooLarge the streams that are larger than {@link Archiver#MOST_BYTES}, and stay
     * @param foreign the streams with items that no event store wrote, which stay
     * @param readUnits the read units of the scan
     */
    public record Report(
            long commits,
            long closed,
            long archived,
            Set<StreamId> waiting,
            Set<StreamId> tooLarge,
            Set<StreamId> foreign,
            double readUnits) {}

    /**
     * Archives what is due.
     *
     * @param dryRun whether nothing is changed, and the report says what would be
     * @param most the most streams that are closed or archived
     * @param progress gets how many streams were closed or archived so far, after each part of the table
     * @throws LocalCloudException if a call fails; what is done stays done, and the next run goes on
     */
    public Report run(boolean dryRun, long most, LongConsumer progress) {
        return calling(() -> archived(dryRun, most, progress));
    }

    private Report archived(boolean dryRun, long most, LongConsumer progress) {
        String actor = installation.actor();
        long commits = 0;
        long closed = 0;
        long archived = 0;
        double units = 0;
        Set<StreamId> waiting = new TreeSet<>();
        Set<StreamId> tooLarge = new TreeSet<>();
        Set<StreamId> foreign = new TreeSet<>();
        EventScan.@Nullable After after = null;
        do {
            Archiver.Part part = archiver.run(new Archiver.Order(actor, dryRun, most - closed - archived), after);
            commits += part.commits();
            closed += part.closed();
            archived += part.archived();
            units += part.units();
            waiting.addAll(part.waiting());
            tooLarge.addAll(part.tooLarge());
            foreign.addAll(part.foreign());
            after = part.next();
            if (!dryRun && part.closed() + part.archived() > 0) {
                archiver.record(
                        actor,
                        Json.mapper()
                                .createObjectNode()
                                .put("action", "archive")
                                .put("closed", part.closed())
                                .put("archived", part.archived()));
            }
            progress.accept(closed + archived);
        } while (after != null && closed + archived < most);
        return new Report(commits, closed, archived, waiting, tooLarge, foreign, units);
    }

    /**
     * Brings a stream back. It is recorded before it is done.
     *
     * @return false if the stream is not archived
     * @throws LocalCloudException if the object is missing or was altered; nothing is changed
     */
    public boolean restore(StreamId stream, String reason) {
        String actor = installation.actor();
        return calling(() -> {
            if (!archiver.isClosed(stream)) {
                return false;
            }
            archiver.record(
                    actor,
                    Json.mapper()
                            .createObjectNode()
                            .put("action", "restore")
                            .put("stream", stream.toString())
                            .put("reason", reason));
            return archiver.restore(stream, actor) == Archiver.Restored.RESTORED;
        });
    }

    private <T> T calling(Supplier<T> work) {
        try {
            return installation.calling(work);
        } catch (StoreFailure.Corrupted e) {
            throw new LocalCloudException(e.getMessage() + ".", e);
        } catch (StoreFailure | TransientFailure | IllegalStateException e) {
            throw new LocalCloudException(
                    "The archive of " + context + " could not be worked on: " + e.getMessage()
                            + ". What was done stays done; run the command again.",
                    e);
        }
    }

    /** Asks every view and every event handler of the context. */
    private Set<StreamId> behind(Map<StreamId, Long> heads) {
        ObjectNode request = Json.mapper().createObjectNode().put("do", "positions");
        ObjectNode asked = request.putObject("heads");
        heads.forEach((stream, head) -> asked.put(stream.toString(), head));
        Set<StreamId> behind = new HashSet<>();
        List<String> slices = installation.slices().stream()
                .filter(slice -> Installation.contextOf(slice).equals(context))
                .toList();
        for (String slice : slices) {
            for (JsonNode stream : installation.ask(slice, request).path("behind")) {
                behind.add(StreamId.parse(stream.asText()));
            }
        }
        return behind;
    }
}
