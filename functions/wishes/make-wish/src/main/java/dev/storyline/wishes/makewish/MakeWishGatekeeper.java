package dev.storyline.wishes.makewish;

import dev.storyline.contexts.wishes.NaughtyChild;
import dev.storyline.contexts.wishes.WishId;
import dev.storyline.contexts.wishes.Wishes;
import dev.storyline.kernel.CommandContext;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Gatekeeper;
import dev.storyline.kernel.Rule;
import dev.storyline.projections.View;

/**
 * Reads the naughty list and the naughty words, and refuses a request without a wish. Its findings go into the command;
 * the decider alone decides what follows from them.
 */
final class MakeWishGatekeeper implements Gatekeeper<MakeWishRequest, MakeWish> {
    static final int LONGEST_WISH = 500;

    static final Rule BLANK_WISH = Rule.forbids("blank-wish", "A wish says what is wished for.");
    static final Rule WISH_TOO_LONG =
            Rule.forbids("wish-too-long", "A wish has at most " + LONGEST_WISH + " characters.");

    private final View naughtyList;
    private final NaughtyWords naughtyWords;

    MakeWishGatekeeper(View naughtyList, NaughtyWords naughtyWords) {
        this.naughtyList = naughtyList;
        this.naughtyWords = naughtyWords;
    }

    @Override
    public Gate<MakeWish> gate(MakeWishRequest request, CommandContext occasion) {
        if (request.wish().isBlank()) {
            return Gate.closed(BLANK_WISH);
        }
        if (request.wish().codePointCount(0, request.wish().length()) > LONGEST_WISH) {
            return Gate.closed(WISH_TOO_LONG);
        }
        NaughtyChild naughty =
                naughtyList.head(Wishes.stream(request.childId())).own(NaughtyChild.class);
        return Gate.open(new MakeWish(
                new WishId(occasion.newId("wish").toString()),
                request.childId(),
                request.wish(),
                naughtyWords.in(request.wish()),
                naughty != null && occasion.at().isBefore(naughty.until()),
                occasion.at()));
    }
}
