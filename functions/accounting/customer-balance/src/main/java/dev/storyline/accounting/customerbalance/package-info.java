/** What one customer owes. */
@NullMarked
package dev.storyline.accounting.customerbalance;

import org.jspecify.annotations.NullMarked;
