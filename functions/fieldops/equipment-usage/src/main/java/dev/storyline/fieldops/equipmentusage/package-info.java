/** What one piece of equipment was used for. */
@NullMarked
package dev.storyline.fieldops.equipmentusage;

import org.jspecify.annotations.NullMarked;
