/** One entry, and what caused it. */
@NullMarked
package dev.storyline.accounting.explainentry;

import org.jspecify.annotations.NullMarked;
