/** The recorded story of one stream. */
@NullMarked
package dev.storyline.wishes.streamstory;

import org.jspecify.annotations.NullMarked;
