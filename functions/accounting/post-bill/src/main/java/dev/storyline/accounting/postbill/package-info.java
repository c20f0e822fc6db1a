/** The bill of a job is posted in place of the one before. */
@NullMarked
package dev.storyline.accounting.postbill;

import org.jspecify.annotations.NullMarked;
