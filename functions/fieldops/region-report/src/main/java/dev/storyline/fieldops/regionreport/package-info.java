/** A region in figures. */
@NullMarked
package dev.storyline.fieldops.regionreport;

import org.jspecify.annotations.NullMarked;
