/** The work is reported. */
@NullMarked
package dev.storyline.fieldops.completejob;

import org.jspecify.annotations.NullMarked;
