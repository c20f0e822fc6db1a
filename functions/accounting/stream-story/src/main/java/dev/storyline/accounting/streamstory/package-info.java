/** The recorded story of one stream. */
@NullMarked
package dev.storyline.accounting.streamstory;

import org.jspecify.annotations.NullMarked;
