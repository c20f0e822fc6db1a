/** A child is reported as naughty. */
@NullMarked
package dev.storyline.naughtychildren.reportnaughtychild;

import org.jspecify.annotations.NullMarked;
