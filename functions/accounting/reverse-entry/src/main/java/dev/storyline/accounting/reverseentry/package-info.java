/** An entry is taken back by another one. */
@NullMarked
package dev.storyline.accounting.reverseentry;

import org.jspecify.annotations.NullMarked;
