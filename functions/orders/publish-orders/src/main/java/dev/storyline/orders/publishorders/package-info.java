/** Others hear of orders. */
@NullMarked
package dev.storyline.orders.publishorders;

import org.jspecify.annotations.NullMarked;
