/** Nothing is booked in a month any more. */
@NullMarked
package dev.storyline.accounting.closemonth;

import org.jspecify.annotations.NullMarked;
