/** Others hear which equipment was maintained. */
@NullMarked
package dev.storyline.maintenance.publishfinishedmaintenance;

import org.jspecify.annotations.NullMarked;
