package dev.storyline.catalogue.changeprice;

import dev.storyline.contexts.catalogue.Catalogue;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpCommandEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoint of change-price. */
@Singleton
public class ChangePriceFunction {
    private final HttpCommandEndpoint<ChangePriceRequest, ChangePrice> http;

    public ChangePriceFunction(Edge edge) {
        http = HttpCommandEndpoint.of(
                edge,
                edge.handler(Catalogue.LANGUAGE, new ChangePriceDecider()),
                ChangePriceRequest.class,
                r -> Catalogue.stream(r.productId()),
                new ChangePriceGatekeeper());
    }

    @Funq("change-price")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }
}
