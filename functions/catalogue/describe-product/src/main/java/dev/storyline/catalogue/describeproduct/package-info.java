/** A product comes into the catalogue. */
@NullMarked
package dev.storyline.catalogue.describeproduct;

import org.jspecify.annotations.NullMarked;
