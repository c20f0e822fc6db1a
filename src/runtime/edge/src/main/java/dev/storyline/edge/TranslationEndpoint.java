package dev.storyline.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.common.Metric;
import dev.storyline.common.Tally;
import dev.storyline.eventstore.CommandEnvelope;
import dev.storyline.eventstore.CommandHandler;
import dev.storyline.eventstore.CommandId;
import dev.storyline.kernel.CommandContext;
import dev.storyline.kernel.StreamId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The endpoint for public events of other contexts: a public event from a bus -> our command -> command handler. The
 * slice declares the fields that it reads in a record of its own and ignores all others, so nothing of the other
 * context is imported. The command's id derives from slice and event, so a repeated event is the same command. Another
 * event under the id of an earlier one is a failure.
 *
 * @param <F> the fields that the slice reads of the foreign event
 * @param <C> the complete command
 */
public final class TranslationEndpoint<F extends Record, C> {
    private static final System.Logger LOG = System.getLogger("dev.storyline.edge");

    /** The longest text of an attribute that is stored with a commit. */
    private static final int LONGEST_ATTRIBUTE = 1_000;

    private final Edge edge;
    private final Measured measured;
    private final CommandHandler<C, ?, ?> handler;
    private final String type;
    private final Class<F> foreign;
    private final RecordCheck data;
    private final Function<F, StreamId> stream;
    private final BiFunction<F, CommandContext, C> translation;
    private final List<TranslationEndpoint<?, ?>> others;

    private TranslationEndpoint(
            Edge edge,
            CommandHandler<C, ?, ?> handler,
            String type,
            Class<F> foreign,
            Function<F, StreamId> stream,
            BiFunction<F, CommandContext, C> translation,
            List<TranslationEndpoint<?, ?>> others) {
        this.edge = edge;
        this.measured = new Measured(edge);
        this.handler = handler;
        this.type = type;
        this.foreign = foreign;
        this.data = new RecordCheck(foreign, FieldBounds.Source.PUBLIC_EVENT, true);
        this.stream = stream;
        this.translation = translation;
        this.others = List.copyOf(others);
    }

    /**
     * The endpoint for one type of public events.
     *
     * @param type its CloudEvents type, {@code logistics.PresentDelivered.v1}
     * @param foreign the fields to read of its data
     */
    public static <F extends Record, C> TranslationEndpoint<F, C> of(
            Edge edge,
            CommandHandler<C, ?, ?> handler,
            String type,
            Class<F> foreign,
            Function<F, StreamId> stream,
            BiFunction<F, CommandContext, C> translation) {
        return new TranslationEndpoint<>(edge, handler, type, foreign, stream, translation, List.of());
    }

    /** The same endpoint, which also takes the type of the other one: for a slice whose queue gets several types. */
    public TranslationEndpoint<F, C> and(TranslationEndpoint<?, ?> other) {
        List<TranslationEndpoint<?, ?>> more = new ArrayList<>(others);
        more.add(other);
        return new TranslationEndpoint<>(edge, handler, type, foreign, stream, translation, more);
    }

    /**
     * Translates and handles a batch of messages of the queue behind the bus. The body of each message is an event as
     * EventBridge delivers it, whose {@code detail} is the CloudEvent. A message that fails is delivered again; one
     * that always fails ends in the dead-letter queue.
     */
    public PartialBatchResponse handle(JsonNode batch) {
        return measured.invocation(() -> translated(batch));
    }

    private PartialBatchResponse translated(JsonNode batch) {
        List<PartialBatchResponse.Failure> failures = new ArrayList<>();
        for (JsonNode message : batch.path("Records")) {
            String id = message.path("messageId").asText();
            try {
                handle(message.path("body").asText());
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, () -> "The message " + id + " failed; it is delivered again", e);
                failures.add(new PartialBatchResponse.Failure(id));
                Tally.current().add(Metric.RETRIES, 1);
            }
        }
        return new PartialBatchResponse(failures);
    }

    /**
     * An event may have more fields than the slice reads, but not fewer, and its values keep their bounds: a command has
     * no gaps, and nothing enters that a machine could not step over.
     */
    private void checkReadable(CloudEvent event) {
        List<String> flaws = new ArrayList<>();
        data.check("", event.data(), (field, flaw) -> flaws.add("'" + field + "' " + flaw));
        attribute("id", event.id(), flaws);
        attribute("source", event.source(), flaws);
        if (event.correlationid() != null) {
            attribute("correlationid", event.correlationid(), flaws);
        }
        if (!flaws.isEmpty()) {
            throw new IllegalArgumentException(
                    "The slice " + edge.slice() + " cannot read this " + type + ": " + String.join("; ", flaws));
        }
    }

    private static void attribute(String name, String value, List<String> flaws) {
        String flaw = value.isBlank() || value.length() > LONGEST_ATTRIBUTE
                ? "must have 1 to " + LONGEST_ATTRIBUTE + " characters"
                : EnteringText.flaw(value);
        if (flaw != null) {
            flaws.add("'" + name + "' " + flaw);
        }
    }

    private void handle(String body) {
        CloudEvent event;
        try {
            event = Json.mapper().treeToValue(Json.mapper().readTree(body).path("detail"), CloudEvent.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The message is not a CloudEvent of the type " + type, e);
        }
        takerOf(event.type()).handle(event);
    }

    private TranslationEndpoint<?, ?> takerOf(String told) {
        return Stream.concat(Stream.of(this), others.stream())
                .filter(endpoint -> endpoint.type.equals(told))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The slice " + edge.slice() + " reads " + type
                        + others.stream().map(other -> ", " + other.type).collect(Collectors.joining()) + ", not "
                        + told
                        + ": see the rule in its template"));
    }

    private void handle(CloudEvent event) {
        checkReadable(event);
        F fields;
        try {
            fields = Json.mapper().treeToValue(event.data(), foreign);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The message is not a CloudEvent of the type " + type, e);
        }
        String name = edge.slice() + "|" + event.source() + "|" + event.id();
        CommandId commandId = CommandId.translation(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString());
        StreamId target = stream.apply(fields);
        Instant at = edge.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        CommandEnvelope command = new CommandEnvelope(
                        target,
                        commandId,
                        RequestHash.of(edge.slice(), fields),
                        version -> true,
                        event.source(),
                        Objects.requireNonNullElse(event.correlationid(), event.id()),
                        event.id(),
                        at)
                .under(event.traceparent());
        CommandContext context = new CommandContext(target, commandId.stored(), event.source(), Set.of(), at);
        InternalCommandReply reply =
                InternalDispatch.handle(edge, handler, command, translation.apply(fields, context));
        if (reply.outcome().equals(InternalCommandReply.NOT_ITS_OWN)) {
            throw new IllegalStateException(
                    "The event " + event.id() + " of " + event.source() + " is not carried out: " + reply.rule());
        }
    }
}
