/** The language of the context accounting: its events and its identifiers. */
@NullMarked
package dev.storyline.contexts.accounting;

import org.jspecify.annotations.NullMarked;
