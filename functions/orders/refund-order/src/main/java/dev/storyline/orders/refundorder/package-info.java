/** Money goes back to the customer. */
@NullMarked
package dev.storyline.orders.refundorder;

import org.jspecify.annotations.NullMarked;
