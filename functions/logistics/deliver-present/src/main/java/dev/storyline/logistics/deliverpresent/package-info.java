/** A present is delivered. */
@NullMarked
package dev.storyline.logistics.deliverpresent;

import org.jspecify.annotations.NullMarked;
