/** Others hear that equipment was used as long as it may be. */
@NullMarked
package dev.storyline.fieldops.publishmaintenancedue;

import org.jspecify.annotations.NullMarked;
