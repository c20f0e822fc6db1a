package dev.storyline.accounting.recordpayment;

import dev.storyline.contexts.accounting.Accounting;
import dev.storyline.contexts.accounting.EntryId;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpCommandEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The HTTP endpoint of record-payment. */
@Singleton
public class RecordPaymentFunction {
    private final HttpCommandEndpoint<RecordPaymentRequest, RecordPayment> http;

    public RecordPaymentFunction(Edge edge) {
        http = HttpCommandEndpoint.of(
                        edge,
                        edge.handler(Accounting.LANGUAGE, new RecordPaymentDecider()),
                        RecordPaymentRequest.class,
                        r -> Accounting.stream(EntryId.of(RecordPayment.source(r.reference()))),
                        new RecordPaymentGatekeeper())
                .making("/accounting/entries/{entryId}/explain");
    }

    @Funq("record-payment")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }
}
