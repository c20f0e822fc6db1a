/** Who cancels too late gets the present recalled. */
@NullMarked
package dev.storyline.logistics.recallunwantedpresents;

import org.jspecify.annotations.NullMarked;
