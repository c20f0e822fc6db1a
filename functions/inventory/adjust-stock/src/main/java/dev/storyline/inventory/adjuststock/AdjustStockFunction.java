package dev.storyline.inventory.adjuststock;

import dev.storyline.contexts.inventory.Inventory;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpCommandEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.kernel.Gate;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoint of adjust-stock. */
@Singleton
public class AdjustStockFunction {
    private final HttpCommandEndpoint<AdjustStock, AdjustStock> http;

    public AdjustStockFunction(Edge edge) {
        http = HttpCommandEndpoint.of(
                edge,
                edge.handler(Inventory.LANGUAGE, new AdjustStockDecider()),
                AdjustStock.class,
                r -> Inventory.stream(r.productId()),
                (r, occasion) -> Gate.open(r));
    }

    @Funq("adjust-stock")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }
}
