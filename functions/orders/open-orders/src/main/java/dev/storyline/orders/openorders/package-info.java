/** The warehouse sees what is to be shipped. */
@NullMarked
package dev.storyline.orders.openorders;

import org.jspecify.annotations.NullMarked;
