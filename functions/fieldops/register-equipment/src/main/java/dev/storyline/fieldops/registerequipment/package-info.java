/** Equipment gets a rate and an interval of service. */
@NullMarked
package dev.storyline.fieldops.registerequipment;

import org.jspecify.annotations.NullMarked;
