/** The recorded story of one stream. */
@NullMarked
package dev.storyline.orders.streamstory;

import org.jspecify.annotations.NullMarked;
