package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Recorded;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A public event: CloudEvents 1.0 in structured JSON, one attribute for each component.
 *
 * @param specversion {@code 1.0}
 * @param id the key of the effect that published it: the same on every repetition
 * @param source the context that promises it, {@code urn:storyline:wishes}
 * @param type {@code <context>.<Event>.v<n>}
 * @param subject the stream that it came from
 * @param time when it was decided
 * @param datacontenttype {@code application/json}
 * @param dataschema names the contract file
 * @param correlationid the conversation it belongs to
 * @param causationid the id of the private event behind it
 * @param data the public event itself
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
        JsonNode data) {
    /** What begins the source of every context. */
    static final String SOURCE = "urn:storyline:";

    /** The public event of a context, on the strength of a private one; the record carries its {@link EventType}. */
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
                Json.mapper().valueToTree(event));
    }
}
