/** A wish is taken back. */
@NullMarked
package dev.storyline.wishes.cancelwish;

import org.jspecify.annotations.NullMarked;
