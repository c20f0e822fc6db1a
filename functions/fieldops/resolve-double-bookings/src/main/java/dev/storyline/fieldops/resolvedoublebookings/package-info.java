/** A crew that was assigned twice for one time leaves the later job, and others hear of it. */
@NullMarked
package dev.storyline.fieldops.resolvedoublebookings;

import org.jspecify.annotations.NullMarked;
