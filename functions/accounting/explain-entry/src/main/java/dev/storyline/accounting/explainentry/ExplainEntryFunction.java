package dev.storyline.accounting.explainentry;

import dev.storyline.contexts.accounting.Accounting;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.QueryEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The query of explain-entry. */
@Singleton
public class ExplainEntryFunction {
    private final QueryEndpoint<ExplainedEntry.Query> query;

    public ExplainEntryFunction(Edge edge) {
        ExplainEntryQuery entries = new ExplainEntryQuery(edge.events());
        query = QueryEndpoint.ofEvents(edge, ExplainedEntry.Query.class, (q, size) -> entries.answer(q))
                .entity(q -> Accounting.stream(q.entryId()));
    }

    @Funq("explain-entry")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
