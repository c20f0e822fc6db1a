package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.common.TraceParent;
import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Recorded;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A public event: CloudEvents 1.0 in structured JSON, one attribute for each component.
 *
 * @param specversion {@code 1.0}
 * @param id the key of the effect that published it, the same in every repetition
 * @param source the context that publishes it, {@code urn:storyline:wishes}
 * @param type {@code <context>.<Event>.v<n>}
 * @param subject the stream of the private event
 * @param time the time of the decision
 * @param datacontenttype {@code application/json}
 * @param dataschema the name of the contract file
 * @param correlationid the conversation of the event
 * @param causationid the id of the private event
 * @param traceparent where the event stands in a trace: the extension for distributed tracing; null where nobody traces
 * @param data the fields of the public event
 */
public record CloudEvent(
        String specversion,
        String id,
        String source,
        String type,
        @Nullable String subject,
        @Nullable String time,
        @Nullable String datacontenttype,
        @Nullable String dataschema,
        @Nullable String correlationid,
        @Nullable String causationid,
        @Nullable String traceparent,
        JsonNode data) {
    /** The prefix of every source. */
    static final String SOURCE = "urn:storyline:";

    /** A public event that nobody traces. */
    public CloudEvent(
            String specversion,
            String id,
            String source,
            String type,
            @Nullable String subject,
            @Nullable String time,
            @Nullable String datacontenttype,
            @Nullable String dataschema,
            @Nullable String correlationid,
            @Nullable String causationid,
            JsonNode data) {
        this(
                specversion,
                id,
                source,
                type,
                subject,
                time,
                datacontenttype,
                dataschema,
                correlationid,
                causationid,
                null,
                data);
    }

    /** The public event that a private event causes. Its record carries an {@link EventType}. */
    static CloudEvent of(String context, String key, Record event, Recorded<?> cause) {
        EventType declared = Objects.requireNonNull(
                event.getClass().getAnnotation(EventType.class),
                () -> "The public event " + event.getClass().getName() + " needs an @EventType");
        String name = declared.value() + ".v" + declared.version();
        return new CloudEvent(
                "1.0",
                key,
                SOURCE + context,
                context + "." + name,
                cause.stream().toString(),
                cause.at().toString(),
                "application/json",
                SOURCE + "contract:" + context + "/public-events/" + name + ".json",
                cause.correlation(),
                cause.id(),
                TraceParent.below(cause.trace(), key),
                Json.mapper().valueToTree(event));
    }
}
