/** Equipment that was maintained begins its interval anew. */
@NullMarked
package dev.storyline.fieldops.resetserviceinterval;

import org.jspecify.annotations.NullMarked;
