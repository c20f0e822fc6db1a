/** An order is not wanted any more. */
@NullMarked
package dev.storyline.orders.cancelorder;

import org.jspecify.annotations.NullMarked;
