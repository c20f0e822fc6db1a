/** Equipment was maintained. */
@NullMarked
package dev.storyline.maintenance.finishmaintenance;

import org.jspecify.annotations.NullMarked;
