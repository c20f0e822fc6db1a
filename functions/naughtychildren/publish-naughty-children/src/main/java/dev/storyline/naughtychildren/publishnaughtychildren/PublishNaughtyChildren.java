package dev.storyline.naughtychildren.publishnaughtychildren;

import dev.storyline.contexts.naughtychildren.Listing;
import dev.storyline.contexts.naughtychildren.Listing.ChildListed;
import dev.storyline.kernel.Effect;
import dev.storyline.kernel.Effect.Publish;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.StatelessEventHandler;
import java.util.List;

/** Publishes which child was put on the naughty list, and until when. */
final class PublishNaughtyChildren implements StatelessEventHandler<Listing> {
    @Override
    public String name() {
        return "publish-naughty-children";
    }

    @Override
    public Class<Listing> folds() {
        return Listing.class;
    }

    @Override
    public List<Effect> effects(Recorded<Listing> event) {
        return switch (event.event()) {
            case ChildListed(var child, var until) ->
                List.of(new Publish("child-added", new ChildAddedToNaughtyList(child, until)));
        };
    }
}
