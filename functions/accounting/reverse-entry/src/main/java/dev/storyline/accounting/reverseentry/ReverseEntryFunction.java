package dev.storyline.accounting.reverseentry;

import dev.storyline.contexts.accounting.Accounting;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpCommandEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.kernel.Gate;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The HTTP endpoint of reverse-entry. */
@Singleton
public class ReverseEntryFunction {
    private final HttpCommandEndpoint<ReverseEntryRequest, ReverseEntry> http;

    public ReverseEntryFunction(Edge edge) {
        http = HttpCommandEndpoint.of(
                edge,
                edge.handler(Accounting.LANGUAGE, new ReverseEntryDecider()),
                ReverseEntryRequest.class,
                r -> Accounting.stream(r.entryId()),
                (r, context) -> Gate.open(new ReverseEntry(r.entryId(), r.reason(), r.on(), context.at())));
    }

    @Funq("reverse-entry")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }
}
