/** The maintenance interval of equipment begins again when the equipment was maintained. */
@NullMarked
package dev.storyline.fieldops.resetmaintenanceinterval;

import org.jspecify.annotations.NullMarked;
