/** A present that nobody wants any more is recalled. */
@NullMarked
package dev.storyline.logistics.recallpresent;

import org.jspecify.annotations.NullMarked;
