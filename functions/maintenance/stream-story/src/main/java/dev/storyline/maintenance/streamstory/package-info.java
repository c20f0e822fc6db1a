/** The recorded story of one stream. */
@NullMarked
package dev.storyline.maintenance.streamstory;

import org.jspecify.annotations.NullMarked;
