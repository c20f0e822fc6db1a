package dev.storyline.fieldops.recordequipmentuse;

import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpCommandEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.InternalCommand;
import dev.storyline.edge.InternalCommandEndpoint;
import dev.storyline.edge.InternalCommandReply;
import dev.storyline.kernel.Gate;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoints of record-equipment-use. */
@Singleton
public class RecordEquipmentUseFunction {
    private final HttpCommandEndpoint<RecordEquipmentUseRequest, RecordEquipmentUse> http;
    private final InternalCommandEndpoint<RecordEquipmentUse> internal;

    public RecordEquipmentUseFunction(Edge edge) {
        var handler = edge.handler(FieldOps.LANGUAGE, new RecordEquipmentUseDecider());
        http = HttpCommandEndpoint.of(
                        edge,
                        handler,
                        RecordEquipmentUseRequest.class,
                        r -> FieldOps.stream(r.equipmentId()),
                        (r, occasion) -> Gate.open(
                                new RecordEquipmentUse(r.equipmentId(), r.jobId(), r.on(), r.hours(), occasion.at())))
                .making("/fieldops/equipment/{equipmentId}/usage");
        internal = InternalCommandEndpoint.of(
                edge, handler, RecordEquipmentUse.class, c -> FieldOps.stream(c.equipmentId()));
    }

    @Funq("record-equipment-use")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }

    @Funq("record-equipment-use-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }
}
