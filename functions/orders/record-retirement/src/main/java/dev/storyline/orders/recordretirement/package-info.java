/** A product of the catalogue may be bought no more. */
@NullMarked
package dev.storyline.orders.recordretirement;

import org.jspecify.annotations.NullMarked;
