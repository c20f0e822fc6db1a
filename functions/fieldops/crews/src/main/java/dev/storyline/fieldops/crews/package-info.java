/** All crews, and their free time. */
@NullMarked
package dev.storyline.fieldops.crews;

import org.jspecify.annotations.NullMarked;
