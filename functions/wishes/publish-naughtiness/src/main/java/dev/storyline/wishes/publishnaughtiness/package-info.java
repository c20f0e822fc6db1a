/** A naughty wish becomes public. */
@NullMarked
package dev.storyline.wishes.publishnaughtiness;

import org.jspecify.annotations.NullMarked;
