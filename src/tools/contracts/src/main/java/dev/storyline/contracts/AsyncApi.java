package dev.storyline.contracts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.edge.CloudEvent;
import dev.storyline.model.Element.Kind;

/**
 * Describes the public events of a context as an AsyncAPI 3.0 document. The payload schemas stay in their own contract
 * files.
 */
final class AsyncApi {
    static final String FILE = "asyncapi.yaml";
    private static final Schemas OPEN = Schemas.allowingMore(true);

    private AsyncApi() {}

    static ObjectNode document(Promises promises) {
        String context = promises.model().context();
        ObjectNode document = Json.mapper().createObjectNode().put("asyncapi", "3.0.0");
        document.put("id", "urn:storyline:" + context);
        ObjectNode info = document.putObject("info");
        info.put("title", "What " + context + " tells other contexts");
        info.put("version", "1");
        if (!promises.model().about().isEmpty()) {
            info.put("description", promises.model().about());
        }
        info.putObject(Contract.STORYLINE).put("owner", promises.model().owner());
        document.put("defaultContentType", "application/json");
        server(document, context);
        ObjectNode channels = document.putObject("channels");
        ObjectNode operations = document.putObject("operations");
        ObjectNode messages = document.putObject("components").putObject("messages");
        for (Contract event : promises.contracts()) {
            if (event.kind() == Kind.PUBLIC_EVENT) {
                ObjectNode channel = channels.putObject(event.versioned());
                channel.put("address", type(event));
                if (!event.about().isEmpty()) {
                    channel.put("description", event.about());
                }
                reference(channel.putObject("messages").putObject(event.versioned()), "components/messages", event);
                ObjectNode operation = operations.putObject("publish" + event.versioned());
                operation.put("action", "send");
                reference(operation.putObject("channel"), "channels", event);
                operation
                        .putArray("messages")
                        .addObject()
                        .put("$ref", "#/channels/" + event.versioned() + "/messages/" + event.versioned());
                event.edges(operation.putObject(Contract.STORYLINE));
                message(messages.putObject(event.versioned()), event);
            }
        }
        return document;
    }

    private static void server(ObjectNode document, String context) {
        ObjectNode bus = document.putObject("servers").putObject("bus");
        bus.put("host", "events.{region}.amazonaws.com");
        bus.put("protocol", "https");
        bus.put(
                "description",
                "The EventBridge bus storyline-{stage}-" + context
                        + ". A rule of the listening slice matches the type as 'detail-type' and leads to a queue of its own.");
        ObjectNode region = bus.putObject("variables").putObject("region");
        region.put("default", "eu-north-1");
        region.put("description", "Where the context is deployed.");
    }

    private static void message(ObjectNode message, Contract event) {
        message.put("name", type(event));
        message.put("title", event.name());
        message.put(
                "summary",
                "CloudEvents 1.0 in structured JSON: the headers stand beside 'data', which is the payload. It comes at"
                        + " least once and in any order; a repetition has the same 'id'.");
        message.put("contentType", "application/json");
        ObjectNode headers = OPEN.of(CloudEvent.class);
        if (headers.path("properties") instanceof ObjectNode properties) {
            properties.remove("data");
            fixed(properties, "specversion", "1.0");
            fixed(properties, "source", "urn:storyline:" + event.context());
            fixed(properties, "type", type(event));
            fixed(properties, "datacontenttype", "application/json");
            fixed(properties, "dataschema", Contract.id(event.context(), event.file()));
        }
        headers.putArray("required").add("specversion").add("id").add("source").add("type");
        message.set("headers", headers);
        message.putObject("payload").put("$ref", "./" + event.file());
    }

    private static void fixed(ObjectNode properties, String attribute, String value) {
        properties.putObject(attribute).put("type", "string").put("const", value);
    }

    private static void reference(ObjectNode from, String where, Contract event) {
        from.put("$ref", "#/" + where + "/" + event.versioned());
    }

    private static String type(Contract event) {
        return event.context() + "." + event.versioned();
    }
}
