/** The recorded story of one stream. */
@NullMarked
package dev.storyline.catalogue.streamstory;

import org.jspecify.annotations.NullMarked;
