package dev.storyline.catalogue.changeprice;

import dev.storyline.kernel.CommandContext;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Gatekeeper;

/** Adds the time. */
final class ChangePriceGatekeeper implements Gatekeeper<ChangePriceRequest, ChangePrice> {
    @Override
    public Gate<ChangePrice> gate(ChangePriceRequest request, CommandContext occasion) {
        return Gate.open(new ChangePrice(request.productId(), request.price(), request.from(), occasion.at()));
    }
}
