/** Tests of what all parts of the local cloud share. */
@NullMarked
package dev.storyline.local.common;

import org.jspecify.annotations.NullMarked;
