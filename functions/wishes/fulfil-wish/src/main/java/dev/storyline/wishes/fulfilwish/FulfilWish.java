package dev.storyline.wishes.fulfilwish;

import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.contexts.wishes.WishId;

/**
 * A present fulfils a wish.
 *
 * @param wishId the wish that it fulfils
 * @param childId the child
 * @param delivered whether the present is delivered, a fact that cannot be refused; otherwise a caller asks to fulfil
 * it
 */
public record FulfilWish(WishId wishId, ChildId childId, boolean delivered) {}
