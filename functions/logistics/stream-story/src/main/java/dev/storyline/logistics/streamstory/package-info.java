/** The recorded story of one stream. */
@NullMarked
package dev.storyline.logistics.streamstory;

import org.jspecify.annotations.NullMarked;
