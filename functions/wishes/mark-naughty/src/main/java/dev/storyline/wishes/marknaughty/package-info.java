/** A child lands on the naughty list, and loses its open wishes. */
@NullMarked
package dev.storyline.wishes.marknaughty;

import org.jspecify.annotations.NullMarked;
