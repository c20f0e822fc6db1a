/** Goods come in. */
@NullMarked
package dev.storyline.inventory.receivestock;

import org.jspecify.annotations.NullMarked;
