/** One job, whole. */
@NullMarked
package dev.storyline.fieldops.job;

import org.jspecify.annotations.NullMarked;
