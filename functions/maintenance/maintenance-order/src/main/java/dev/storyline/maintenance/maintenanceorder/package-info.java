/** The maintenance order of one piece of equipment. */
@NullMarked
package dev.storyline.maintenance.maintenanceorder;

import org.jspecify.annotations.NullMarked;
