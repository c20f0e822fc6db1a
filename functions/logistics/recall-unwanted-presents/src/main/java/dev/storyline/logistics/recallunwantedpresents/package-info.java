/** A present is recalled whose wish was cancelled after the delivery. */
@NullMarked
package dev.storyline.logistics.recallunwantedpresents;

import org.jspecify.annotations.NullMarked;
