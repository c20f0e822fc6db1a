/** What was sold on a day. */
@NullMarked
package dev.storyline.orders.sales;

import org.jspecify.annotations.NullMarked;
