/** An order that was not paid in time is cancelled. */
@NullMarked
package dev.storyline.orders.cancelunpaidorder;

import org.jspecify.annotations.NullMarked;
