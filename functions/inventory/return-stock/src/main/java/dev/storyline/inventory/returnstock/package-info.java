/** Products of an order come back to the warehouse. */
@NullMarked
package dev.storyline.inventory.returnstock;

import org.jspecify.annotations.NullMarked;
