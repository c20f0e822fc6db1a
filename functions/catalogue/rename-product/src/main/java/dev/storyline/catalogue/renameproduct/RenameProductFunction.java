package dev.storyline.catalogue.renameproduct;

import dev.storyline.contexts.catalogue.Catalogue;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpCommandEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.kernel.Gate;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoint of rename-product. */
@Singleton
public class RenameProductFunction {
    private final HttpCommandEndpoint<RenameProduct, RenameProduct> http;

    public RenameProductFunction(Edge edge) {
        http = HttpCommandEndpoint.of(
                edge,
                edge.handler(Catalogue.LANGUAGE, new RenameProductDecider()),
                RenameProduct.class,
                r -> Catalogue.stream(r.productId()),
                (r, occasion) -> Gate.open(r));
    }

    @Funq("rename-product")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }
}
