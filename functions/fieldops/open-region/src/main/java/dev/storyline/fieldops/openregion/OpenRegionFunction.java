package dev.storyline.fieldops.openregion;

import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpCommandEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.InternalCommand;
import dev.storyline.edge.InternalCommandEndpoint;
import dev.storyline.edge.InternalCommandReply;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The doors of open-region. */
@Singleton
public class OpenRegionFunction {
    private final HttpCommandEndpoint<OpenRegion, OpenRegion> outer;
    private final InternalCommandEndpoint<OpenRegion> inner;

    public OpenRegionFunction(Edge edge) {
        var handler = edge.handler(FieldOps.LANGUAGE, new OpenRegionDecider());
        outer = HttpCommandEndpoint.of(
                edge, handler, OpenRegion.class, r -> FieldOps.stream(r.regionId()), new OpenRegionGatekeeper());
        inner = InternalCommandEndpoint.of(edge, handler, OpenRegion.class, c -> FieldOps.stream(c.regionId()));
    }

    @Funq("open-region")
    public HttpReply outer(HttpEvent event) {
        return outer.handle(event);
    }

    @Funq("open-region-inner")
    public InternalCommandReply inner(InternalCommand command) {
        return inner.handle(command);
    }
}
