/** Who is naughty, and until when. */
@NullMarked
package dev.storyline.wishes.naughtylist;

import org.jspecify.annotations.NullMarked;
