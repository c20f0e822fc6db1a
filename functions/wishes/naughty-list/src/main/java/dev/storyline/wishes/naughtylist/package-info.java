/** The list of naughty children, with the end of their naughtiness. */
@NullMarked
package dev.storyline.wishes.naughtylist;

import org.jspecify.annotations.NullMarked;
