package dev.storyline.catalogue.retireproduct;

import dev.storyline.contexts.catalogue.Catalogue;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpCommandEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.kernel.Gate;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoint of retire-product. */
@Singleton
public class RetireProductFunction {
    private final HttpCommandEndpoint<RetireProduct, RetireProduct> http;

    public RetireProductFunction(Edge edge) {
        http = HttpCommandEndpoint.of(
                edge,
                edge.handler(Catalogue.LANGUAGE, new RetireProductDecider()),
                RetireProduct.class,
                r -> Catalogue.stream(r.productId()),
                (r, occasion) -> Gate.open(r));
    }

    @Funq("retire-product")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }
}
