package dev.storyline.wishes.fulfilwish;

import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.contexts.wishes.WishId;

/**
 * A present fulfils a wish.
 *
 * @param wishId which wish it fulfils
 * @param childId whose wish
 * @param delivered whether the present is delivered, as a fact that cannot be refused; else somebody asks for it
 */
public record FulfilWish(WishId wishId, ChildId childId, boolean delivered) {}
