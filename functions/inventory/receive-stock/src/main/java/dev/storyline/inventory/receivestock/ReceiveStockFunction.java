package dev.storyline.inventory.receivestock;

import dev.storyline.contexts.inventory.Inventory;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpCommandEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.kernel.Gate;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoint of receive-stock. */
@Singleton
public class ReceiveStockFunction {
    private final HttpCommandEndpoint<ReceiveStock, ReceiveStock> http;

    public ReceiveStockFunction(Edge edge) {
        http = HttpCommandEndpoint.of(
                edge,
                edge.handler(Inventory.LANGUAGE, new ReceiveStockDecider()),
                ReceiveStock.class,
                r -> Inventory.stream(r.productId()),
                (r, occasion) -> Gate.open(r));
    }

    @Funq("receive-stock")
    public HttpReply http(HttpEvent event) {
        return http.handle(event);
    }
}
