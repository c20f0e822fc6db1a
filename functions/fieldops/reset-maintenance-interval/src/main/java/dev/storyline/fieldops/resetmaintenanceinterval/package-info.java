/** Equipment that was maintained begins its interval anew. */
@NullMarked
package dev.storyline.fieldops.resetmaintenanceinterval;

import org.jspecify.annotations.NullMarked;
