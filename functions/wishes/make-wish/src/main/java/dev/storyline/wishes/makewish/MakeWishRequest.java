package dev.storyline.wishes.makewish;

import dev.storyline.contexts.wishes.ChildId;

/**
 * What a client sends.
 *
 * @param childId who wishes, from the path
 * @param wish what for
 */
public record MakeWishRequest(ChildId childId, String wish) {}
