/** The order of a cancelled wish is cancelled. */
@NullMarked
package dev.storyline.logistics.cancelorder;

import org.jspecify.annotations.NullMarked;
