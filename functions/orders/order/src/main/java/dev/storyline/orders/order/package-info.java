/** One order, and how far it has come. */
@NullMarked
package dev.storyline.orders.order;

import org.jspecify.annotations.NullMarked;
