/** A job that will not be paid is written off. */
@NullMarked
package dev.storyline.accounting.postwriteoff;

import org.jspecify.annotations.NullMarked;
