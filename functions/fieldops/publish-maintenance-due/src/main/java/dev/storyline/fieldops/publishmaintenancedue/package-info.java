/** Equipment that is due for maintenance becomes public. */
@NullMarked
package dev.storyline.fieldops.publishmaintenancedue;

import org.jspecify.annotations.NullMarked;
