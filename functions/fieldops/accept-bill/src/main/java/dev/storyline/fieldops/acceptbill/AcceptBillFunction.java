package dev.storyline.fieldops.acceptbill;

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

/** The endpoints of accept-bill. */
@Singleton
public class AcceptBillFunction {
    private final HttpCommandEndpoint<AcceptBill, AcceptBill> http;
    private final InternalCommandEndpoint<AcceptBill> internal;

    public AcceptBillFunction(Edge edge) {
        var handler = edge.handler(FieldOps.LANGUAGE, new AcceptBillDecider());
        http = HttpCommandEndpoint.of(
                edge, handler, AcceptBill.class, r -> FieldOps.stream(r.jobId()), (r, occasion) -> Gate.open(r));
        internal = InternalCommandEndpoint.of(edge, handler, AcceptBill.class, c -> FieldOps.stream(c.jobId()));
    }

    @Funq("accept-bill")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }

    @Funq("accept-bill-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }
}
