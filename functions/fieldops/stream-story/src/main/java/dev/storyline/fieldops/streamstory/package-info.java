/** The recorded story of one stream. */
@NullMarked
package dev.storyline.fieldops.streamstory;

import org.jspecify.annotations.NullMarked;
