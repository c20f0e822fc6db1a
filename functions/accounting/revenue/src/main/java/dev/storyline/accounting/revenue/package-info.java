/** What was earned in a month. */
@NullMarked
package dev.storyline.accounting.revenue;

import org.jspecify.annotations.NullMarked;
