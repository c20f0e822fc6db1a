/** What is not paid yet. */
@NullMarked
package dev.storyline.accounting.openitems;

import org.jspecify.annotations.NullMarked;
