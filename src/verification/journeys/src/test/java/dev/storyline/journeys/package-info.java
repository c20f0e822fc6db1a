/** Tests whole stories over real HTTP. */
@NullMarked
package dev.storyline.journeys;

import org.jspecify.annotations.NullMarked;
