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

/** The endpoints of open-region. */
@Singleton
public class OpenRegionFunction {
    private final HttpCommandEndpoint<OpenRegion, OpenRegion> http;
    private final InternalCommandEndpoint<OpenRegion> internal;

    public OpenRegionFunction(Edge edge) {
        var handler = edge.creating(FieldOps.LANGUAGE, new OpenRegionDecider());
        http = HttpCommandEndpoint.of(
                        edge, handler, OpenRegion.class, r -> FieldOps.stream(r.regionId()), new OpenRegionGatekeeper())
                .making("/fieldops/regions/{regionId}/report");
        internal = InternalCommandEndpoint.of(edge, handler, OpenRegion.class, c -> FieldOps.stream(c.regionId()));
    }

    @Funq("open-region")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }

    @Funq("open-region-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }
}
