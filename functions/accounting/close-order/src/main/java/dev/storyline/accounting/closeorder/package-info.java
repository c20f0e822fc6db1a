/** An order that was cancelled waits for no payment. */
@NullMarked
package dev.storyline.accounting.closeorder;

import org.jspecify.annotations.NullMarked;
