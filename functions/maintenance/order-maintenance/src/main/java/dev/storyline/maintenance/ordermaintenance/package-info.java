/** Maintenance is ordered for equipment that is due. */
@NullMarked
package dev.storyline.maintenance.ordermaintenance;

import org.jspecify.annotations.NullMarked;
