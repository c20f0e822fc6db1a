/** The recorded story of one stream. */
@NullMarked
package dev.storyline.inventory.streamstory;

import org.jspecify.annotations.NullMarked;
