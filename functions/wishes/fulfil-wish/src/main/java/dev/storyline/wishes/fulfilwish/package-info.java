/** A present was delivered. */
@NullMarked
package dev.storyline.wishes.fulfilwish;

import org.jspecify.annotations.NullMarked;
