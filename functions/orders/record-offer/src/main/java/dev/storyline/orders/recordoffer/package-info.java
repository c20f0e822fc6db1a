/** A product of the catalogue may be bought. */
@NullMarked
package dev.storyline.orders.recordoffer;

import org.jspecify.annotations.NullMarked;
