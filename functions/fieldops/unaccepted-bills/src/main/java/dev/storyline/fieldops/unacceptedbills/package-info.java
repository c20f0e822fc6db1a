/** Bills that accounting has not accepted yet. */
@NullMarked
package dev.storyline.fieldops.unacceptedbills;

import org.jspecify.annotations.NullMarked;
