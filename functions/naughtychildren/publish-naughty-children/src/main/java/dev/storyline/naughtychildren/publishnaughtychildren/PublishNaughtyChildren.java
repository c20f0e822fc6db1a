package dev.storyline.naughtychildren.publishnaughtychildren;

import dev.storyline.contexts.naughtychildren.Listing;
import dev.storyline.contexts.naughtychildren.Listing.ChildListed;
import dev.storyline.kernel.Effect.Publish;
import dev.storyline.kernel.EventHandler;
import dev.storyline.kernel.Reaction;
import dev.storyline.kernel.Recorded;

/** Tells others who is on the naughty list, and until when. */
final class PublishNaughtyChildren implements EventHandler<PublishNaughtyChildren.Nothing, Listing> {
    /** It remembers nothing. */
    record Nothing() {}

    @Override
    public String name() {
        return "publish-naughty-children";
    }

    @Override
    public Class<Listing> folds() {
        return Listing.class;
    }

    @Override
    public Nothing initialState() {
        return new Nothing();
    }

    @Override
    public Reaction<Nothing> on(Nothing nothing, Recorded<Listing> event) {
        return switch (event.event()) {
            case ChildListed(var child, var until) ->
                Reaction.to(nothing, new Publish("child-added", new ChildAddedToNaughtyList(child, until)));
        };
    }
}
