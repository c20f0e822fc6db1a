/** A product leaves the catalogue. */
@NullMarked
package dev.storyline.catalogue.retireproduct;

import org.jspecify.annotations.NullMarked;
