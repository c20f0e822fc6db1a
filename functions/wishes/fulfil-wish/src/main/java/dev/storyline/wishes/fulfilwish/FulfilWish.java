package dev.storyline.wishes.fulfilwish;

import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.contexts.wishes.WishId;

/**
 * A present was delivered.
 *
 * @param wishId which wish it fulfils
 * @param childId whose wish
 */
public record FulfilWish(WishId wishId, ChildId childId) {}
