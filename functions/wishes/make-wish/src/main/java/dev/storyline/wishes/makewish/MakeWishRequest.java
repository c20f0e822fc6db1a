package dev.storyline.wishes.makewish;

import dev.storyline.contexts.wishes.ChildId;

/**
 * The request of a client.
 *
 * @param childId the child, from the path
 * @param wish the text of the wish
 */
public record MakeWishRequest(ChildId childId, String wish) {}
