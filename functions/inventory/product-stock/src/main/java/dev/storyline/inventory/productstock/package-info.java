/** The warehouse looks up the stock of one product. */
@NullMarked
package dev.storyline.inventory.productstock;

import org.jspecify.annotations.NullMarked;
