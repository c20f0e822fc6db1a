/** The present of an approved wish is ordered. */
@NullMarked
package dev.storyline.logistics.orderpresent;

import org.jspecify.annotations.NullMarked;
