package dev.storyline.accounting.closemonth;

import dev.storyline.contexts.accounting.Accounting;
import dev.storyline.contexts.accounting.Ledger;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpCommandEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The HTTP endpoint of close-month. */
@Singleton
public class CloseMonthFunction {
    private final HttpCommandEndpoint<CloseMonthRequest, CloseMonth> http;

    public CloseMonthFunction(Edge edge) {
        http = HttpCommandEndpoint.of(
                edge,
                edge.handler(Accounting.LANGUAGE, new CloseMonthDecider()),
                CloseMonthRequest.class,
                r -> Accounting.stream(Ledger.ID),
                new CloseMonthGatekeeper());
    }

    @Funq("close-month")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }
}
