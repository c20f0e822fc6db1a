/** Everybody looks up a product. */
@NullMarked
package dev.storyline.catalogue.product;

import org.jspecify.annotations.NullMarked;
