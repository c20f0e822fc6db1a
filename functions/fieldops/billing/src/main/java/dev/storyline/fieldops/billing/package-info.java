/** What one job costs. */
@NullMarked
package dev.storyline.fieldops.billing;

import org.jspecify.annotations.NullMarked;
