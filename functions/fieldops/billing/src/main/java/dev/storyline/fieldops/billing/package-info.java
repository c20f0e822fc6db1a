/** The bill of one job. */
@NullMarked
package dev.storyline.fieldops.billing;

import org.jspecify.annotations.NullMarked;
