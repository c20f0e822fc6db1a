package dev.storyline.wishes.makewish;

import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.contexts.wishes.WishId;
import java.time.Instant;

/**
 * A child asks for a present.
 *
 * @param wishId the wish
 * @param childId the child
 * @param wish the text of the wish
 * @param naughty whether the wish has naughty words, as the gatekeeper found
 * @param listed whether the gatekeeper saw the child on the naughty list, which may lag behind the child's stream
 * @param at the time of the command
 */
public record MakeWish(WishId wishId, ChildId childId, String wish, boolean naughty, boolean listed, Instant at) {}
