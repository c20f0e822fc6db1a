/** The cost of a completed job is published, and accounting enters the revenue. */
@NullMarked
package dev.storyline.fieldops.billcompletedjobs;

import org.jspecify.annotations.NullMarked;
