package dev.storyline.fieldops.claimcrew;

import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.edge.Edge;
import dev.storyline.edge.InternalCommand;
import dev.storyline.edge.InternalCommandEndpoint;
import dev.storyline.edge.InternalCommandReply;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoints of claim-crew. */
@Singleton
public class ClaimCrewFunction {
    private final InternalCommandEndpoint<ClaimCrew> internal;

    public ClaimCrewFunction(Edge edge) {
        var handler = edge.handler(FieldOps.LANGUAGE, new ClaimCrewDecider());
        internal = InternalCommandEndpoint.of(edge, handler, ClaimCrew.class, c -> FieldOps.stream(c.crewId()));
    }

    @Funq("claim-crew-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }
}
