/** A product of the catalogue has another price. */
@NullMarked
package dev.storyline.orders.recordprice;

import org.jspecify.annotations.NullMarked;
