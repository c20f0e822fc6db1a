/** The use of equipment is recorded, for the equipment and for the job at once. */
@NullMarked
package dev.storyline.fieldops.recordequipmentuse;

import org.jspecify.annotations.NullMarked;
