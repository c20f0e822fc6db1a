package dev.storyline.fieldops.openregion;

import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.InnerCommand;
import dev.storyline.edge.InnerDoor;
import dev.storyline.edge.InnerReply;
import dev.storyline.edge.OuterDoor;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The doors of open-region. */
@Singleton
public class OpenRegionFunction {
    private final OuterDoor<OpenRegion, OpenRegion> outer;
    private final InnerDoor<OpenRegion> inner;

    public OpenRegionFunction(Edge edge) {
        var handler = edge.handler(FieldOps.LANGUAGE, new OpenRegionDecider());
        outer = OuterDoor.of(
                edge, handler, OpenRegion.class, r -> FieldOps.stream(r.regionId()), new OpenRegionGatekeeper());
        inner = InnerDoor.of(edge, handler, OpenRegion.class, c -> FieldOps.stream(c.regionId()));
    }

    @Funq("open-region")
    public HttpReply outer(HttpEvent event) {
        return outer.handle(event);
    }

    @Funq("open-region-inner")
    public InnerReply inner(InnerCommand command) {
        return inner.handle(command);
    }
}
