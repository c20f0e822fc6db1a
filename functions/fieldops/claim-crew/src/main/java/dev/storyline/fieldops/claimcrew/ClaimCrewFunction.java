package dev.storyline.fieldops.claimcrew;

import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.edge.Edge;
import dev.storyline.edge.InnerCommand;
import dev.storyline.edge.InnerDoor;
import dev.storyline.edge.InnerReply;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The doors of claim-crew. */
@Singleton
public class ClaimCrewFunction {
    private final InnerDoor<ClaimCrew> inner;

    public ClaimCrewFunction(Edge edge) {
        var handler = edge.handler(FieldOps.LANGUAGE, new ClaimCrewDecider());
        inner = InnerDoor.of(edge, handler, ClaimCrew.class, c -> FieldOps.stream(c.crewId()));
    }

    @Funq("claim-crew-inner")
    public InnerReply inner(InnerCommand command) {
        return inner.handle(command);
    }
}
