/** A crew leaves a job that it was assigned to by mistake. */
@NullMarked
package dev.storyline.fieldops.releasecrew;

import org.jspecify.annotations.NullMarked;
