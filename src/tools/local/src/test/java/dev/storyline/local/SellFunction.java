package dev.storyline.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.edge.HttpCommandEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.QueryEndpoint;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Id;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.Step;
import dev.storyline.kernel.StreamId;
import io.quarkus.funqy.Funq;
import java.util.List;
import java.util.Set;

/** A command, a projection of its events, and a query of that view, with the endpoints of the runtime. */
public class SellFunction {
    private static final Language LANGUAGE = Language.of("shop", Set.of(Sale.class), List.of());

    private final Edge edge;

    public SellFunction(Edge edge) {
        this.edge = edge;
    }

    public record CustomerId(String value) implements Id {}

    public record Sell(CustomerId customerId) {}

    sealed interface Sale {}

    @EventType("Sold")
    public record Sold(CustomerId customerId) implements Sale {}

    private static StreamId stream(Sell of) {
        return StreamId.of("customer", of.customerId());
    }

    private static final class Selling implements Decider<Sell, Integer, Sale> {
        @Override
        public Class<Sale> folds() {
            return Sale.class;
        }

        @Override
        public Integer initialState() {
            return 0;
        }

        @Override
        public Integer evolve(Integer sold, Sale event) {
            return sold + 1;
        }

        @Override
        public Decision<Sale> decide(Sell command, Integer sold) {
            return Decision.accept(new Sold(command.customerId()));
        }
    }

    private static final class Sales implements Projection<Integer, Sale> {
        @Override
        public String name() {
            return "sales";
        }

        @Override
        public Class<Sale> folds() {
            return Sale.class;
        }

        @Override
        public Integer initialState() {
            return 0;
        }

        @Override
        public Step<Integer> step(Integer sold, Recorded<Sale> event) {
            return switch (event.event()) {
                case Sold sale ->
                    Step.to(sold + 1).put(new RowKey(event.stream().toString(), "sold"), sale);
            };
        }
    }

    @Funq("sell")
    public HttpReply sell(HttpEvent event) {
        return HttpCommandEndpoint.of(
                        edge,
                        edge.handler(LANGUAGE, new Selling()),
                        Sell.class,
                        SellFunction::stream,
                        (request, occasion) -> Gate.open(request))
                .handle(event);
    }

    @Funq("sales-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return FeedEndpoint.of(edge, LANGUAGE, new Sales()).handle(batch);
    }

    @Funq("sales")
    public HttpReply sales(HttpEvent event) {
        return QueryEndpoint.of(
                        edge,
                        Sell.class,
                        edge.view("VIEW_TABLE", "sales"),
                        (query, view) -> view.rows(stream(query).toString(), "", Sold.class))
                .handle(event);
    }
}
