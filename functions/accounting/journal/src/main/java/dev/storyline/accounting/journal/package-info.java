/** The entries of a month or of a customer. */
@NullMarked
package dev.storyline.accounting.journal;

import org.jspecify.annotations.NullMarked;
