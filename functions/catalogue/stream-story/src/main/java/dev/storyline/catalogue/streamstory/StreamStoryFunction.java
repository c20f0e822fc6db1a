package dev.storyline.catalogue.streamstory;

import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.QueryEndpoint;
import dev.storyline.edge.StreamStory;
import dev.storyline.edge.StreamStoryQuery;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The query of stream-story. */
@Singleton
public class StreamStoryFunction {
    private final QueryEndpoint<StreamStory.Query> query;

    public StreamStoryFunction(Edge edge) {
        query = QueryEndpoint.ofEvents(edge, StreamStory.Query.class, new StreamStoryQuery(edge.events())::answer)
                .entity(StreamStoryQuery::stream);
    }

    @Funq("stream-story")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
