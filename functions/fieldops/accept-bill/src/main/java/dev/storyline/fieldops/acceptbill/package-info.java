/** Accounting says that it accepted a bill. */
@NullMarked
package dev.storyline.fieldops.acceptbill;

import org.jspecify.annotations.NullMarked;
