/** An order that was placed waits for its payment. */
@NullMarked
package dev.storyline.accounting.openorder;

import org.jspecify.annotations.NullMarked;
