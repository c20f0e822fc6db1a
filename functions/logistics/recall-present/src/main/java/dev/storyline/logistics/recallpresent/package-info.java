/** A present is recalled whose wish was cancelled. */
@NullMarked
package dev.storyline.logistics.recallpresent;

import org.jspecify.annotations.NullMarked;
