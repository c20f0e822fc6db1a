/** One wish, by its id alone. */
@NullMarked
package dev.storyline.wishes.wishbyid;

import org.jspecify.annotations.NullMarked;
