package dev.storyline.fieldops.recordequipmentuse;

import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.InnerCommand;
import dev.storyline.edge.InnerDoor;
import dev.storyline.edge.InnerReply;
import dev.storyline.edge.OuterDoor;
import dev.storyline.kernel.Gate;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The doors of record-equipment-use. */
@Singleton
public class RecordEquipmentUseFunction {
    private final OuterDoor<RecordEquipmentUseRequest, RecordEquipmentUse> outer;
    private final InnerDoor<RecordEquipmentUse> inner;

    public RecordEquipmentUseFunction(Edge edge) {
        var handler = edge.handler(FieldOps.LANGUAGE, new RecordEquipmentUseDecider());
        outer = OuterDoor.of(
                edge,
                handler,
                RecordEquipmentUseRequest.class,
                r -> FieldOps.stream(r.equipmentId()),
                (r, occasion) -> Gate.open(
                        new RecordEquipmentUse(r.equipmentId(), r.jobId(), r.on(), r.hours(), occasion.at())));
        inner = InnerDoor.of(edge, handler, RecordEquipmentUse.class, c -> FieldOps.stream(c.equipmentId()));
    }

    @Funq("record-equipment-use")
    public HttpReply outer(HttpEvent event) {
        return outer.handle(event);
    }

    @Funq("record-equipment-use-inner")
    public InnerReply inner(InnerCommand command) {
        return inner.handle(command);
    }
}
