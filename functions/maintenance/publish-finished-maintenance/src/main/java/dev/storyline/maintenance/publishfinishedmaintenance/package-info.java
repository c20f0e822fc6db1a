/** Finished maintenance becomes public. */
@NullMarked
package dev.storyline.maintenance.publishfinishedmaintenance;

import org.jspecify.annotations.NullMarked;
