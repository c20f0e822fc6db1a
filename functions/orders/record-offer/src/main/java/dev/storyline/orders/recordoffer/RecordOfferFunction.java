package dev.storyline.orders.recordoffer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.orders.Orders;
import dev.storyline.edge.Edge;
import dev.storyline.edge.InternalCommand;
import dev.storyline.edge.InternalCommandEndpoint;
import dev.storyline.edge.InternalCommandReply;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.TranslationEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoints of record-offer: the translation of an event of the context catalogue. */
@Singleton
public class RecordOfferFunction {
    private final InternalCommandEndpoint<RecordOffer> internal;
    private final TranslationEndpoint<ProductOffered, RecordOffer> translation;

    public RecordOfferFunction(Edge edge) {
        var handler = edge.handler(Orders.LANGUAGE, new RecordOfferDecider());
        internal = InternalCommandEndpoint.of(edge, handler, RecordOffer.class, c -> Orders.stream(c.productId()));
        translation = TranslationEndpoint.of(
                edge,
                handler,
                ProductOffered.TYPE,
                ProductOffered.class,
                e -> Orders.stream(e.productId()),
                (e, occasion) -> new RecordOffer(e.productId(), e.name(), e.taxRate(), e.price(), e.at()));
    }

    @Funq("record-offer-inner")
    public InternalCommandReply internal(InternalCommand command) {
        return internal.handle(command);
    }

    @Funq("record-offer-translation")
    public PartialBatchResponse translation(JsonNode messages) {
        return translation.handle(messages);
    }
}
