/** Delivered presents become public. */
@NullMarked
package dev.storyline.logistics.publishdeliveries;

import org.jspecify.annotations.NullMarked;
