/** The language of accounting: its events, its identifiers, and the rules of double entry. It grows by additions. */
@NullMarked
package dev.storyline.contexts.accounting;

import org.jspecify.annotations.NullMarked;
