package dev.storyline.catalogue.publishproducts;

import dev.storyline.contexts.catalogue.ProductEvent;
import dev.storyline.contexts.catalogue.ProductEvent.ProductDescribed;
import dev.storyline.contexts.catalogue.ProductEvent.ProductRenamed;
import dev.storyline.kernel.Effect;
import dev.storyline.kernel.Effect.Publish;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.StatelessEventHandler;
import java.util.List;

/** Publishes what may be bought, and at what price. Texts beside the first name stay in the catalogue. */
final class PublishProducts implements StatelessEventHandler<ProductEvent> {
    @Override
    public String name() {
        return "publish-products";
    }

    @Override
    public Class<ProductEvent> folds() {
        return ProductEvent.class;
    }

    @Override
    public List<Effect> effects(Recorded<ProductEvent> event) {
        return switch (event.event()) {
            case ProductDescribed described ->
                List.of(new Publish(
                        "product",
                        new ProductOffered(
                                described.productId(),
                                described.name(),
                                described.category(),
                                described.price(),
                                described.taxRate(),
                                event.at())));
            case ProductEvent.PriceChanged(var product, var price, var from) ->
                List.of(new Publish("product", new PriceChanged(product, price, from, event.at())));
            case ProductEvent.ProductRetired(var product) ->
                List.of(new Publish("product", new ProductRetired(product, event.at())));
            case ProductRenamed _ -> List.of();
        };
    }
}
