/** A child makes a wish. */
@NullMarked
package dev.storyline.wishes.makewish;

import org.jspecify.annotations.NullMarked;
