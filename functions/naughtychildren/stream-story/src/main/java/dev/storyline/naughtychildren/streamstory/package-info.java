/** The recorded story of one stream. */
@NullMarked
package dev.storyline.naughtychildren.streamstory;

import org.jspecify.annotations.NullMarked;
