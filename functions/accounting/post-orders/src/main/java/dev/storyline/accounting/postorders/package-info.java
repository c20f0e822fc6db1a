/** What is shipped, returned, paid and refunded is posted. */
@NullMarked
package dev.storyline.accounting.postorders;

import org.jspecify.annotations.NullMarked;
