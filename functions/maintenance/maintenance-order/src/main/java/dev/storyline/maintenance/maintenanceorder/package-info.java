/** A mechanic sees what is to be maintained. */
@NullMarked
package dev.storyline.maintenance.maintenanceorder;

import org.jspecify.annotations.NullMarked;
