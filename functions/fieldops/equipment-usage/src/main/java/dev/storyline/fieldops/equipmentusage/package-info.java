/** The log book of one piece of equipment. */
@NullMarked
package dev.storyline.fieldops.equipmentusage;

import org.jspecify.annotations.NullMarked;
